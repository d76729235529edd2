import "server-only";
import { env } from "@/env";
import type { ServiceCtx } from "@/server/kernel/context";
import { type Heartbeat, recordHeartbeat } from "@/server/kernel/heartbeats";
import { uuidv7 } from "@/server/kernel/ids";
import type { Logger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import type { ProcessName } from "@/server/processes/processes.mjs";
import { createRuntime, installRuntime, type PoolSettings, type Runtime } from "./runtime";

const BEAT_EVERY_MS = 5_000;
/** How soon a change of what it says is told. */
const LOOK_EVERY_MS = 100;
/** Longer than any process drains; whoever supervises it may kill it sooner. */
const DRAIN_LIMIT_MS = 25_000;

/** What a process says of itself; null while another copy speaks for both. */
export type ProcessHealth = Pick<Heartbeat, "status" | "reason" | "details"> | null;

/** What a process works with. */
export type RunningProcess = {
  readonly settings: typeof env;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** Aborts at SIGTERM and SIGINT; what runs then ends itself and returns. */
  readonly signal: AbortSignal;
  /** The arguments after the program's name. */
  readonly args: readonly string[];
  /** A context that acts for the platform and names itself in the audit log. */
  ctx(name?: string): Promise<ServiceCtx<Ports>>;
};

export type ProcessDeclaration = {
  readonly name: ProcessName;
  readonly pool: PoolSettings;
  /** Another than the setting's; a command that speaks to a person says `silent`. */
  readonly logLevel?: string;
  /** What the heartbeat says that `/api/health` reads, told every five seconds and when it changes; a process that runs once has none. */
  readonly health?: () => ProcessHealth;
  /** Figures for `/metrics`, sent along with the heartbeat; names end in their unit. */
  readonly metrics?: () => Readonly<Record<string, number>>;
  /** The whole work. What it returns is the exit status, 0 when nothing; what it throws is logged and ends the process with 1. */
  readonly run: (running: RunningProcess) => Promise<number | undefined>;
};

/** Runs one process of the table from its settings to its exit: logger, pool, ports, context, heartbeat, and a drain that ends in time. */
export async function runProcess(declaration: ProcessDeclaration): Promise<void> {
  const { name } = declaration;
  const { runtime, close } = await createRuntime(declaration);
  installRuntime(runtime);
  const { logger } = runtime;
  const stop = stopOnSignal(logger);
  const beats = declaration.health && startBeats(runtime, declaration, declaration.health);
  try {
    process.exitCode = (await declaration.run(runningProcess(runtime, name, stop.signal))) ?? 0;
    if (declaration.health) logger.info({}, "process.ended");
  } catch (thrown) {
    logger.error({ err: thrown }, "process.failed");
    process.exitCode = 1;
  } finally {
    beats?.stop();
    await close();
  }
  stop.done();
  // Adapters may hold connections that would keep the process alive.
  process.exit();
}

const runningProcess = (runtime: Runtime, name: ProcessName, signal: AbortSignal): RunningProcess => ({
  settings: env,
  runtime,
  logger: runtime.logger,
  signal,
  args: process.argv.slice(2),
  ctx: async (actorName = name) => ({
    db: runtime.db,
    ports: await runtime.ports(),
    actor: { kind: "system", name: actorName },
    organizationId: null,
    origin: { requestId: `${name}_${uuidv7()}`, ipAddress: null, userAgent: null },
    logger: runtime.logger,
    now: () => new Date(),
  }),
});

function stopOnSignal(logger: Logger): { readonly signal: AbortSignal; done(): void } {
  const stop = new AbortController();
  let limit: NodeJS.Timeout | undefined;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) return;
      logger.info({ signal }, "process.drain.started");
      limit = setTimeout(() => {
        logger.error({ limitMs: DRAIN_LIMIT_MS }, "process.drain.timed_out");
        process.exit(1);
      }, DRAIN_LIMIT_MS);
      stop.abort();
    });
  }
  return { signal: stop.signal, done: () => clearTimeout(limit) };
}

function startBeats(
  runtime: Runtime,
  { name, metrics }: ProcessDeclaration,
  health: NonNullable<ProcessDeclaration["health"]>,
): { stop(): void } {
  let isBeating = false;
  let last: { readonly status: string; readonly atMs: number } | undefined;
  const look = () => {
    const said = health();
    if (said === null || isBeating) return;
    if (last?.status === said.status && performance.now() - last.atMs < BEAT_EVERY_MS) return;
    isBeating = true;
    last = { status: said.status, atMs: performance.now() };
    const details = { ...said.details, ...(metrics ? { metrics: metrics() } : {}) };
    recordHeartbeat(runtime.db, { component: name, status: said.status, reason: said.reason, details })
      // A silent database shows as a heartbeat that grows old.
      .catch((thrown: unknown) => runtime.logger.warn({ err: thrown }, "process.heartbeat.failed"))
      .finally(() => {
        isBeating = false;
      });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
