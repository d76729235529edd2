import postgres from "postgres";
import { createEmptyDatabase } from "../database";
import { freePort } from "../free-port";
import { bundleChildren, type Child } from "./child-process";
import { takePoint } from "./kill-points";
import { pendingSteps } from "./killed-stages";
import { createTestClient, testEventKey, testSigningKey } from "./test-app";
import { until } from "./until";

/** What is left after a run during which one of the two processes was killed at every point. */
export type KilledRun = {
  /** How often the victim died and was started again. */
  readonly deaths: number;
  readonly pointsKilledAt: readonly string[];
  /** How often each step's effect happened. */
  readonly effects: Readonly<Record<string, number>>;
  readonly runs: readonly { readonly function_id: string; readonly status: string; readonly output: string | null }[];
  /** The ids that the steps left behind, by step, in the order in which the function returned them. */
  readonly returned: { readonly ids: readonly number[]; readonly go: unknown };
};

/** Runs the sample function to its end while `victim` is killed at every kill point, and always started again at once. */
export async function runWhileKilling(victim: "app" | "engine"): Promise<KilledRun> {
  const database = await createEmptyDatabase();
  const sql = postgres(database.url, { max: 4, onnotice: () => {} });
  await sql`create table effects (id integer generated always as identity primary key, step text not null)`;
  await sql`create table kills (point text primary key)`;
  await sql`create table victim (pid integer not null)`;
  const [appPort, enginePort, start] = [
    await freePort(),
    await freePort(),
    await bundleChildren(["killed-app", "engine"]),
  ];
  const keys = { EVENT_KEY: testEventKey, SIGNING_KEY: testSigningKey, DATABASE_URL: database.url };
  const engineUrl = `http://127.0.0.1:${enginePort}`;
  const startVictim = (): Promise<Child> => (victim === "app" ? startApp() : startEngine());
  const startApp = () => start("killed-app", { ...keys, PORT: String(appPort), ENGINE_URL: engineUrl });
  const startEngine = () =>
    start("engine", { ...keys, ENGINE_PORT: String(enginePort), APP_URL: `http://127.0.0.1:${appPort}/api/inngest` });

  const other = await (victim === "app" ? startEngine() : startApp());
  let child = await startVictim();
  let deaths = 0;
  let finished = false;
  const tendVictim = async (): Promise<void> => {
    await sql`insert into victim (pid) values (${child.pid})`;
    await child.gone;
    if (finished) return;
    deaths += 1;
    child = await startVictim();
    await tendVictim();
  };
  const tending = tendVictim();
  const killPending = async (): Promise<void> => {
    const [pending] = await sql<{ name: string }[]>`
      select name from inngest_engine.steps where status in ('sleeping', 'waiting') and name = any(${[...pendingSteps]})`;
    if (pending) await takePoint(sql, `${pending.name} pending`);
  };

  try {
    const client = createTestClient("killed", engineUrl);
    await until("the app to be registered", async () =>
      (await sql`select 1 from inngest_engine.functions`).length === 2 ? true : undefined,
    );
    await client.send({ name: "killed/started", id: "start", data: {} });
    const run = await until(
      "the run to end",
      async () => {
        await killPending();
        const isAsked = await sql`
          select 1 from inngest_engine.steps, kills where name = 'asked' and status = 'waiting' and point = 'asked pending'`;
        if (isAsked.length > 0) await client.send({ name: "killed/go", data: { n: 7 } }).catch(() => undefined);
        const [ended] = await sql<{ status: string; output: string | null; error: string | null }[]>`
          select status, output, error from inngest_engine.runs where function_id = 'killed-outer' and ended_at is not null`;
        return ended;
      },
      150_000,
    );
    if (run.output === null) throw new Error(`the run ended as ${run.status}: ${run.error}`);
    const effects = await sql<
      { step: string; count: number }[]
    >`select step, count(*)::integer from effects group by step`;
    return {
      deaths,
      pointsKilledAt: (await sql<{ point: string }[]>`select point from kills`).map((row) => row.point),
      effects: Object.fromEntries(effects.map((row) => [row.step, row.count])),
      runs: await sql`select function_id, status, output from inngest_engine.runs order by function_id`,
      returned: JSON.parse(run.output),
    };
  } finally {
    finished = true;
    await child.signal("SIGKILL");
    await tending;
    await other.signal("SIGKILL");
    await sql.end();
    await database.drop();
  }
}
