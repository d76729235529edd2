import { Inngest } from "inngest";
import postgres from "postgres";
import { takePoint } from "../kill-points";
import { startTestApp } from "../test-app";

/*
 * An app whose steps leave a row behind each time they run, and which at each kill point kills the process that the test names: itself or the
 * engine.
 */
const settings = process.env;
const sql = postgres(settings.DATABASE_URL ?? "", { max: 4, onnotice: () => {} });
const client = new Inngest({
  id: "killed",
  isDev: false,
  baseUrl: settings.ENGINE_URL ?? "",
  eventKey: settings.EVENT_KEY ?? "",
  signingKey: settings.SIGNING_KEY ?? "",
  logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
});

async function reach(point: string): Promise<void> {
  while (!(await takePoint(sql, point))) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function effect(step: string): Promise<number> {
  await reach(`${step} entered`);
  const [row] = await sql<{ id: number }[]>`insert into effects (step) values (${step}) returning id`;
  await reach(`${step} left`);
  return row?.id ?? 0;
}

const inner = client.createFunction(
  { id: "inner", retries: 6, triggers: { event: "killed/inner" } },
  async ({ step }) => {
    const done = await step.run("inner", () => effect("inner"));
    await step.sleep("inner nap", "1s");
    return done;
  },
);

const outer = client.createFunction(
  { id: "outer", retries: 6, triggers: { event: "killed/started" } },
  async ({ step }) => {
    const first = await step.run("first", () => effect("first"));
    await step.sleep("nap", "1s");
    const second = await step.run("second", () => effect("second"));
    const both = await Promise.all([step.run("left", () => effect("left")), step.run("right", () => effect("right"))]);
    const go = await step.waitForEvent("asked", { event: "killed/go", timeout: "5m" });
    const invoked = await step.invoke("invoked", { function: inner });
    const last = await step.run("last", () => effect("last"));
    return { ids: [first, second, ...both, invoked, last], go: go?.data.n };
  },
);

const app = await startTestApp(client, [inner, outer], Number(settings.PORT));
process.stdout.write(`ready ${app.url}\n`);
