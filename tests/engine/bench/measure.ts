import { spawn } from "node:child_process";
import type { Inngest } from "inngest";
import { createTestClient, startTestApp, testEventKey, testSigningKey } from "../../support/engine/test-app";
import { until } from "../../support/engine/until";
import { freePort } from "../../support/free-port";
import { startPostgresServer } from "../../support/postgres-server";
import { cpuTimeMs } from "./cpu-time";

/*
 * The engine in a process of its own, the app in this one, PostgreSQL beside them, all on one machine. What is printed are measurements of this
 * machine at this moment, not promises; nothing fails by them.
 */
const runCount = Number(process.env.BENCH_RUNS ?? 1_000);
const eventsPerRequest = 100;
const limitMs = 300_000;

const server = await startPostgresServer();
const port = await freePort();
const engine = spawn(process.execPath, ["--conditions=react-server", process.env.BENCH_ENGINE ?? ""], {
  stdio: ["ignore", "pipe", "inherit"],
  env: {
    NODE_ENV: "test",
    PATH: process.env.PATH ?? "",
    DATABASE_URL: server.adminUrl,
    ENGINE_PORT: String(port),
    EVENT_KEY: testEventKey,
    SIGNING_KEY: testSigningKey,
  },
});
await new Promise<void>((resolve, reject) => {
  engine.stdout.setEncoding("utf8").on("data", (text: string) => text.includes("ready") && resolve());
  engine.once("exit", (code) => reject(new Error(`the engine ended (${code})`)));
});

const client: Inngest = createTestClient("bench", `http://127.0.0.1:${port}`);
let ended = 0;
let steps = 0;
const stepNames = (count: number): string[] => Array.from({ length: count }, (_, index) => `step ${index + 1}`);
const took = (): number => {
  steps += 1;
  return steps;
};
const one = client.createFunction({ id: "one", triggers: { event: "bench/one" } }, async ({ step }) => {
  await step.run("step", took);
  ended += 1;
});
const ten = client.createFunction(
  { id: "ten", concurrency: [{ limit: 10 }], triggers: { event: "bench/ten" } },
  async ({ step }) => {
    await step.run("step", took);
    ended += 1;
  },
);
const long = client.createFunction({ id: "long", triggers: { event: "bench/long" } }, async ({ step }) => {
  for (const name of stepNames(200)) await step.run(name, took);
  ended += 1;
});
const wide = client.createFunction({ id: "wide", triggers: { event: "bench/wide" } }, async ({ step }) => {
  await Promise.all(stepNames(10).map((name) => step.run(name, took)));
  ended += 1;
});
const app = await startTestApp(client, [one, ten, long, wide]);

type Figures = { readonly name: string; readonly runs: number; readonly stepsPerRun: number };

async function measure({ name, runs, stepsPerRun }: Figures, label: string): Promise<void> {
  ended = 0;
  steps = 0;
  const cpu = () => ({ engine: cpuTimeMs(engine.pid ?? 0), app: cpuTimeMs(process.pid) });
  const before = cpu();
  const startedAt = performance.now();
  for (let first = 0; first < runs; first += eventsPerRequest) {
    const size = Math.min(eventsPerRequest, runs - first);
    await client.send(Array.from({ length: size }, () => ({ name: `bench/${name}`, data: {} })));
  }
  const acceptedMs = performance.now() - startedAt;
  await until(`${runs} runs to end`, () => (ended >= runs ? true : undefined), limitMs);
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = cpu();
  const perStep = (process: "engine" | "app"): string => {
    const [from, to] = [before[process], after[process]];
    return from === undefined || to === undefined
      ? "not measured here"
      : `${((to - from) / (runs * stepsPerRun)).toFixed(2)} ms`;
  };
  const line = [
    label.padEnd(44),
    `${(runs / (acceptedMs / 1_000)).toFixed(0)} events/s in`.padStart(18),
    `${(runs / seconds).toFixed(1)} runs/s`.padStart(14),
    `${((runs * stepsPerRun) / seconds).toFixed(1)} steps/s`.padStart(16),
    `CPU a step: engine ${perStep("engine")}, app ${perStep("app")}`,
  ];
  process.stdout.write(`${line.join("  ")}\n`);
}

try {
  const answer = await app.register();
  if (answer.status !== 200) throw new Error(answer.message);
  await measure({ name: "one", runs: 100, stepsPerRun: 1 }, "warm-up, 100 runs of 1 step");
  await measure({ name: "one", runs: runCount, stepsPerRun: 1 }, `${runCount} runs of 1 step, no limit`);
  await measure({ name: "ten", runs: runCount, stepsPerRun: 1 }, `${runCount} runs of 1 step, 10 at once`);
  await measure({ name: "long", runs: 5, stepsPerRun: 200 }, "5 runs of 200 steps in a row");
  await measure({ name: "wide", runs: 50, stepsPerRun: 10 }, "50 runs of 10 parallel steps");
} finally {
  engine.removeAllListeners("exit");
  engine.kill("SIGKILL");
  await app.stop();
  await server.stop();
}
