import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, inArray, sql } from "drizzle-orm";
import { validatorNodes, validatorSetupRequests, validatorVolumes } from "@/db/schema/validators";
import type { CreateSetupRequestInput } from "@/server/domains/validators/requests/schemas";
import type { Ports } from "@/server/ports/ports";
import type { StepPoint } from "@/server/runtime/step-probe";
import type { TestDatabase } from "../database";
import { eventually } from "../eventually";
import { createPerson, type SignedInPerson } from "../factories/identity";
import { createTestNetwork, createTestSetup } from "../factories/validators";
import { freePort } from "../free-port";
import type { Localnet } from "../localnet";
import { createTestRuntime, type TestRuntime } from "../test-runtime";
import { createFakeSetup, fakeSetupControl, fakeSetupPorts } from "./fake-setup-ports";
import { createKillPlan, type KillPlan, VICTIMS, type Victim } from "./kill-plan";
import { type RealParts, realSetupPorts, registerRealNetwork } from "./real-setup-ports";
import { bundleTestProcesses, startTestProcess, type TestProcess } from "./test-process";
import { readWatcherRecords, untilWatched, type WatcherRecords } from "./watcher-records";

const PLAN_TIMEOUT_MS = 100_000;

/** One request under way with whoever asked for it. */
export type StagedSetup = { readonly person: SignedInPerson; readonly setupRequestId: string };

/** A process that can be killed, that may kill itself, and that is started again. */
export type Mortal = {
  pid(): number;
  /** Whether the one of that pid still runs. */
  isAlive(): boolean;
  /** All that it has printed since it was last started. */
  output(): string;
  kill(): Promise<void>;
  /** Resolves when it has ended by itself. */
  untilGone(): Promise<void>;
  restart(): Promise<void>;
};

/** A web process, an engine and a watcher, all real and all mortal, on a database of their own, with fake hosts and a fake chain that outlive them. */
export type KillStage = {
  readonly runtime: TestRuntime;
  /** Where the fakes keep what they know. */
  readonly dir: string;
  readonly networkId: string;
  /** The chain under it; refuses where the stage has fakes. */
  readonly localnet: Localnet;
  readonly fakes: ReturnType<typeof fakeSetupControl>;
  readonly plan: KillPlan;
  readonly web: Mortal;
  readonly engine: Mortal;
  readonly watcher: Mortal;
  createSetups(count: number, change?: Partial<CreateSetupRequestInput>): Promise<StagedSetup[]>;
  setupRows(setups: readonly StagedSetup[]): Promise<(typeof validatorSetupRequests.$inferSelect)[]>;
  nodeRows(setups: readonly StagedSetup[]): Promise<(typeof validatorNodes.$inferSelect)[]>;
  volumeRows(setups: readonly StagedSetup[]): Promise<(typeof validatorVolumes.$inferSelect)[]>;
  /** Waits until all of them are in that state. */
  untilStatus(setups: readonly StagedSetup[], status: string, timeoutMs?: number): Promise<void>;
  /** Waits until no node of theirs has an operation under way. */
  untilIdle(setups: readonly StagedSetup[]): Promise<void>;
  /**
   * Ids of all steps that runs of the function have done so far, sorted; a repeated look at the same thing counts as one. Without
   * `record-failure`, by which a second delivery of an event ends where the first one has done the work.
   */
  stepsRun(functionId: string): Promise<readonly string[]>;
  /** Waits until the watcher did all of its work once more: sign of life, blocks, a look at every node. */
  untilWatched(): Promise<void>;
  watcherRecords(): Promise<WatcherRecords>;
  /** Waits until the engine has no run under way or queued. */
  untilNoRuns(): Promise<void>;
  /** Hands events to the engine by its own address, past the outbox. */
  sendEvents(events: readonly { id: string; name: string; data: object }[]): Promise<void>;
  /** Does something else while steps stand at every point. */
  actAt(points: readonly StepPoint[], width: number, act: () => Promise<void>, timeoutMs?: number): Promise<void>;
  /** Kills the victim at every point, bringing it back each time; fails with the points that nothing came to. */
  killAt(victim: Victim, points: readonly StepPoint[], width: number, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
};

/** A watcher is back once it does its work again, so that each death is one of a watcher that worked. */
const watched = (life: Mortal, untilAtWork: () => Promise<void>): Mortal => ({
  ...life,
  restart: async () => {
    await life.restart();
    await untilAtWork();
  },
});

/** Starts everything; with `real`, on the real drivers and that chain instead of fakes. */
export async function createKillStage(options: { real?: RealParts; database?: TestDatabase } = {}): Promise<KillStage> {
  const { real, database } = options;
  const dir = mkdtempSync(join(tmpdir(), "omniphi-kill-stage-"));
  createFakeSetup(dir, { isMoving: true });
  const ports: Partial<Ports> = real === undefined ? fakeSetupPorts(dir) : realSetupPorts(dir, real.dockerSocketPath);
  const runtime = await createTestRuntime({ ports, ...(database === undefined ? {} : { database }) });
  const networkId =
    real === undefined
      ? (await createTestNetwork(runtime)).networkId
      : await registerRealNetwork(runtime, real.localnet);
  const plan = await createKillPlan();
  const paths = await bundleTestProcesses(VICTIMS, join(dir, "processes"));
  const [webPort, enginePort] = [await freePort(), await freePort()];
  const env = {
    DATABASE_URL: runtime.databaseUrl,
    PORT: String(webPort),
    ENGINE_PORT: String(enginePort),
    ENGINE_URL: `http://127.0.0.1:${enginePort}`,
    OMNIPHI_DATA_DIR: dir,
    AUTH_SECRET: runtime.settings.authSecret,
    SECRETS_KEK_BASE64: Buffer.alloc(32, 7).toString("base64"),
    METRICS_TOKEN: runtime.settings.metricsToken,
    INNGEST_EVENT_KEY: "event-key-of-the-tests",
    INNGEST_SIGNING_KEY: "signkey-test-0123456789abcdef0123456789abcdef",
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "warn",
    TEST_CONTROL_URL: plan.url,
    ...(real === undefined
      ? { TEST_FAKES: dir }
      : { LOCALNET_HOME: real.localnet.homeDir, DOCKER_SOCKET_PATH: real.dockerSocketPath }),
  };
  const mortal = (name: string): Mortal => {
    let current: TestProcess | undefined;
    return {
      pid: () => current?.pid ?? 0,
      isAlive: () => current?.isAlive() ?? false,
      output: () => current?.output() ?? "",
      kill: async () => {
        await current?.kill();
        if (process.env.TEST_LOG_LEVEL) console.log(current?.output());
        current = undefined;
      },
      untilGone: async () => current?.gone,
      restart: async () => {
        current = await startTestProcess(paths[name] ?? "", env);
      },
    };
  };
  const lives: Record<Victim, Mortal> = {
    web: mortal("web"),
    engine: mortal("engine"),
    watcher: watched(mortal("watcher"), () => untilWatched(runtime.db, new Date())),
  };
  const { web, engine, watcher } = lives;
  await Promise.all([web.restart(), engine.restart(), watcher.restart()]);
  // An event that comes before the functions are known has nobody to start, as on any Inngest server.
  await eventually("the engine knows the functions", async () => {
    const [known] = await runtime.db.execute<{ count: number }>(
      sql`select count(*)::int as count from inngest_engine.functions where removed_at is null`,
    );
    return (known?.count ?? 0) > 0;
  });

  const strikeAt = async (
    points: readonly StepPoint[],
    width: number,
    strike: () => Promise<number>,
    timeoutMs = PLAN_TIMEOUT_MS,
  ) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`nothing came to these points to be struck at: ${plan.left().join(", ")}`)),
        timeoutMs,
      );
    });
    await Promise.race([plan.run(points, width, strike), late]).finally(() => clearTimeout(timer));
  };
  const ids = (setups: readonly StagedSetup[]) => setups.map((setup) => setup.setupRequestId);
  const stage: KillStage = {
    runtime,
    dir,
    networkId,
    get localnet() {
      if (real === undefined) throw new Error("this stage has a fake chain");
      return real.localnet;
    },
    fakes: fakeSetupControl(dir),
    plan,
    web,
    engine,
    watcher,
    createSetups: async (count, change) => {
      const people = await Promise.all(Array.from({ length: count }, () => createPerson(runtime)));
      return Promise.all(
        people.map(async (person) => ({ person, ...(await createTestSetup(person, networkId, change)) })),
      );
    },
    setupRows: (setups) =>
      runtime.db
        .select()
        .from(validatorSetupRequests)
        .where(inArray(validatorSetupRequests.id, ids(setups)))
        .orderBy(asc(validatorSetupRequests.id)),
    nodeRows: (setups) =>
      runtime.db
        .select()
        .from(validatorNodes)
        .where(inArray(validatorNodes.setupRequestId, ids(setups)))
        .orderBy(asc(validatorNodes.setupRequestId)),
    volumeRows: (setups) =>
      runtime.db
        .select()
        .from(validatorVolumes)
        .where(inArray(validatorVolumes.setupRequestId, ids(setups)))
        .orderBy(asc(validatorVolumes.setupRequestId)),
    untilStatus: async (setups, status, timeoutMs = 60_000) => {
      let seen = "";
      await eventually(
        `the requests are ${status}`,
        async () => {
          const rows = await stage.setupRows(setups);
          seen = rows.map((row) => `${row.status}/${row.currentStep}/${row.errorMessage ?? ""}`).join(", ");
          return rows.every((row) => row.status === status);
        },
        timeoutMs,
      ).catch((thrown: unknown) => {
        throw new Error(`${thrown instanceof Error ? thrown.message : String(thrown)}; they are ${seen}`);
      });
    },
    untilIdle: async (setups) => {
      await eventually("no operation is under way", async () =>
        (await stage.nodeRows(setups)).every((row) => row.operation === null),
      );
    },
    stepsRun: async (functionId) => {
      const rows = await runtime.db.execute<{ name: string }>(sql`
        select s.name from inngest_engine.steps s join inngest_engine.runs r on r.id = s.run_id
        where r.function_id like ${`%${functionId}`} and s.op = 'run' and s.name <> 'record-failure'`);
      return [...new Set(rows.map(({ name }) => name.replace(/-[0-9]+$/, "")))].sort();
    },
    untilWatched: () => untilWatched(runtime.db, new Date()),
    watcherRecords: () => readWatcherRecords(runtime.db),
    untilNoRuns: async () => {
      await eventually("no run is left", async () => {
        const [open] = await runtime.db.execute<{ count: number }>(
          sql`select count(*)::int as count from inngest_engine.runs where status in ('queued', 'running')`,
        );
        return open?.count === 0;
      });
    },
    sendEvents: async (events) => {
      const answers = await Promise.all(
        events.map((event) =>
          fetch(`${env.ENGINE_URL}/e/${env.INNGEST_EVENT_KEY}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(event),
          }),
        ),
      );
      const refused = answers.find((answer) => !answer.ok);
      if (refused) throw new Error(`the engine answered ${refused.status}: ${await refused.text()}`);
    },
    actAt: (points, width, act, timeoutMs) => strikeAt(points, width, async () => act().then(() => 0), timeoutMs),
    killAt: (victim, points, width, timeoutMs) =>
      strikeAt(
        points,
        width,
        async () => {
          const pid = lives[victim].pid();
          await lives[victim].kill();
          await lives[victim].restart();
          return pid;
        },
        timeoutMs,
      ),
    close: async () => {
      await Promise.all(VICTIMS.map((victim) => lives[victim].kill()));
      await plan.close();
      await runtime.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return stage;
}
