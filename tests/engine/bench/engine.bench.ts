import postgres from "postgres";
import { cpuTimeMs } from "../../support/bench/cpu-time";
import { startEngineProcess } from "../../support/bench/engine-process";
import type { Figure } from "../../support/bench/figure";
import { record } from "../../support/bench/record";
import { percentile } from "../../support/bench/statistics";
import { startWorkerProcess } from "../../support/bench/worker-process";
import { createTestClient, startTestApp } from "../../support/engine/test-app";
import { until } from "../../support/engine/until";
import { freePort } from "../../support/free-port";
import { startPostgresServer } from "../../support/postgres-server";
import { startGraphile } from "./graphile";

/*
 * The embedded engine in a process of its own, the app in this one, PostgreSQL beside them: how soon an event's first step runs, how long a
 * killed engine's work waits, and how many steps a second there are.
 */
const PEER = "graphile-worker 0.17.3";
/** Until when graphile-worker leaves a dead worker's jobs locked, by its own source (`4 hours`); nothing to be waited for here. */
const PEER_RESUME_SECONDS = 4 * 3_600;
const WEB_REQUESTS =
  "An event to first step is two web requests of the protocol, to the engine and from it to the app, where the peer calls a function in its own process.";
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const EVENTS_A_ROUND = 40;
const EVENT_PAUSE_MS = 25;
const STEPS_A_RUN = 10;
const CRASHES = 3;
/** The launcher's own pause before it starts again what ended by itself (`FIRST_BACKOFF_MS` of `tools/start/supervised-child.mjs`). */
const RESTART_PAUSE_MS = 1_000;

const server = await startPostgresServer();
const admin = postgres(server.adminUrl, { max: 1, onnotice: () => {} });
await admin`create database graphile`;
await admin.end();
const peerUrl = new URL(server.adminUrl);
peerUrl.pathname = "/graphile";

const port = await freePort();
let engine = await startEngineProcess({ databaseUrl: server.adminUrl, port });
const client = createTestClient("bench", `http://127.0.0.1:${port}`);

const latencies = { ours: [] as number[], peer: [] as number[] };
let ended = 0;
let steps = 0;
let lastStepAt = 0;
const first = client.createFunction({ id: "first", triggers: { event: "bench/first" } }, async ({ event, step }) => {
  await step.run("first", () => latencies.ours.push(Date.now() - Number(event.data.sentAt)));
});
const run = client.createFunction({ id: "run", triggers: { event: "bench/run" } }, async ({ step }) => {
  for (let place = 0; place < STEPS_A_RUN; place += 1) {
    await step.run(`step ${place}`, () => {
      steps += 1;
      return steps;
    });
  }
  ended += 1;
});
const slow = client.createFunction({ id: "slow-here", triggers: { event: "bench/slow-here" } }, async ({ step }) => {
  for (let place = 0; place < 8; place += 1) {
    await step.run(`step ${place}`, async () => {
      lastStepAt = Date.now();
      steps += 1;
      await new Promise((resolve) => setTimeout(resolve, 250));
      return steps;
    });
  }
  ended += 1;
});
const app = await startTestApp(client, [first, run, slow]);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** J1: an event, and the first line of the first step that follows it; one at a time, as a person's click is. */
async function measureStart(graphile: Awaited<ReturnType<typeof startGraphile>>): Promise<void> {
  for (let sent = 0; sent < EVENTS_A_ROUND; sent += 1) {
    await client.send({ name: "bench/first", data: { sentAt: Date.now() } });
    await pause(EVENT_PAUSE_MS);
  }
  await pause(500);
  for (let sent = 0; sent < EVENTS_A_ROUND; sent += 1) {
    await graphile.add(Date.now());
    await pause(EVENT_PAUSE_MS);
  }
  await pause(500);
}

/** Steps a second, and CPU a step of the engine, with so many runs under way at once. */
async function measureRuns(runs: number): Promise<{ stepsASecond: number; cpuMs: number }> {
  ended = 0;
  const cpuBefore = cpuTimeMs(engine.pid) ?? 0;
  const startedAt = performance.now();
  await client.send(Array.from({ length: runs }, () => ({ name: "bench/run", data: {} })));
  await until(`${runs} runs to end`, () => (ended >= runs ? true : undefined), 300_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  const all = runs * STEPS_A_RUN;
  return { stepsASecond: all / seconds, cpuMs: ((cpuTimeMs(engine.pid) ?? 0) - cpuBefore) / all };
}

/** The engine is killed while the app has a run, and started again at once, as the launcher does; how long until the next step runs. */
async function measureKilledEngine(): Promise<number> {
  ended = 0;
  const before = steps;
  await client.send({ name: "bench/slow-here", data: {} });
  await until("the third step", () => (steps >= before + 3 ? true : undefined));
  await pause(100);
  const killedAt = Date.now();
  await engine.kill();
  // The step that was under way ends for nobody.
  await pause(500);
  const stepsThen = steps;
  engine = await startEngineProcess({ databaseUrl: server.adminUrl, port, appUrl: app.url });
  await until("the work to go on", () => (steps > stepsThen ? true : undefined), 120_000);
  const resumedMs = lastStepAt - killedAt;
  await until("its end", () => (ended >= 1 ? true : undefined), 120_000);
  return resumedMs / 1_000;
}

/** The worker is killed in the middle of a step and started again as the launcher does; how long until the first step after it. Seconds. */
async function measureKilledWorker(): Promise<number> {
  const begun: number[] = [];
  let hasEnded = false;
  const of = {
    engineUrl: `http://127.0.0.1:${port}`,
    port: await freePort(),
    onLine: (line: string) => {
      if (line === "ended") hasEnded = true;
      else begun.push(Number(line.split(" ").at(-1)));
    },
  };
  let worker = await startWorkerProcess(of);
  try {
    await client.send({ name: "bench/work", data: {} });
    await until("the third step", () => (begun.length >= 3 ? true : undefined));
    await pause(100);
    const killedAt = Date.now();
    await worker.kill();
    const before = begun.length;
    await pause(RESTART_PAUSE_MS);
    worker = await startWorkerProcess(of);
    const resumedAt = await until("the work to go on", () => begun[before], 120_000);
    await until("its end", () => (hasEnded ? true : undefined), 120_000);
    return (resumedAt - killedAt) / 1_000;
  } finally {
    await worker.kill();
  }
}

try {
  const answer = await app.register();
  if (answer.status !== 200) throw new Error(answer.message);
  const graphile = await startGraphile(peerUrl.href, (sentAt) => latencies.peer.push(Date.now() - sentAt));
  await measureStart(graphile);
  latencies.ours = [];
  latencies.peer = [];
  const figures: Figure[] = [];
  const runsAtOnce = [1, 10, 100];
  const speeds = new Map(runsAtOnce.map((runs) => [runs, [] as { stepsASecond: number; cpuMs: number }[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    await measureStart(graphile);
    for (const runs of runsAtOnce) speeds.get(runs)?.push(await measureRuns(runs));
  }
  await graphile.stop();
  for (const share of [0.5, 0.95]) {
    figures.push({
      metric: `event to first step p${share * 100}`,
      unit: "ms",
      samples: latencies.ours,
      ours: percentile(latencies.ours, share),
      peers: { [PEER]: percentile(latencies.peer, share) },
      ...(share === 0.95 ? { goal: { of: "ratio" as const, atMost: 20 }, cause: WEB_REQUESTS } : {}),
    });
  }
  for (const [runs, seen] of speeds) {
    figures.push(
      {
        metric: `steps a second, runs at once: ${runs}`,
        unit: "steps/s",
        samples: seen.map((one) => one.stepsASecond),
      },
      { metric: `CPU of the engine a step, runs at once: ${runs}`, unit: "ms", samples: seen.map((one) => one.cpuMs) },
    );
  }
  for (const [killed, measure] of [
    ["engine", measureKilledEngine],
    ["worker", measureKilledWorker],
  ] as const) {
    const resumed: number[] = [];
    for (let crash = 0; crash < CRASHES; crash += 1) resumed.push(await measure());
    figures.push({
      metric: `${killed} killed to work resumed`,
      unit: "s",
      samples: resumed,
      peers: { [`${PEER}, published lock of a dead worker`]: PEER_RESUME_SECONDS },
      goal: { of: "ours", atMost: 60 },
    });
  }
  record(
    "engine",
    `The embedded engine in a process of its own, an app served by the SDK over node:http in another, and PostgreSQL, on one machine; ${STEPS_A_RUN} steps a run.`,
    figures,
  );
} finally {
  await engine.kill();
  await app.stop();
  await server.stop();
}
