import { randomUUID } from "node:crypto";
import type { Logger } from "@/server/kernel/logger";
import { createNotifications } from "@/server/kernel/notifications";
import type { ExecuteContext } from "./calls/execute-call";
import type { EngineSettings } from "./engine-context";
import { internalEventNames } from "./events/event";
import { startServer } from "./http/server";
import { createSender } from "./protocol/send-request";
import { createRegistry, loadRegistry } from "./registry/registry";
import { startAppSync } from "./registry/sync-apps";
import { defaultRetryPolicy } from "./scheduling/retry-delay";
import { type Scheduler, startScheduler } from "./scheduling/scheduler";
import { migrate, openPool, type Sql } from "./state/database";
import { createLeadership } from "./state/leadership";
import { createUlidSource } from "./state/ulid";

/** How to start an engine. `appUrls` are the addresses of SDK handlers; `settings` replaces single defaults. Port 0 takes a free one. */
export type EngineOptions = {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly appUrls: readonly string[];
  readonly eventKey: string;
  readonly signingKey: string;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly maxParallelCalls?: number;
  readonly settings?: Partial<EngineSettings>;
};

/** A started engine, active or on standby. `stop` lets executing calls end, at most for the drain time. */
export type Engine = { readonly url: string; isActive(): boolean; stop(): Promise<void> };

/** The settings of an engine that is given none. Limits follow Inngest's published ones. */
export const defaultSettings: EngineSettings = {
  maxParallelCalls: 50,
  leaseMs: 20_000,
  pollMs: 500,
  drainMs: 20_000,
  callTimeoutMs: 7_200_000,
  retry: defaultRetryPolicy,
  maxEventBytes: 512 * 1024,
  maxStepOutputBytes: 4 * 1024 * 1024,
  maxStepsPerRun: 1_000,
  keepFinishedRunsMs: 14 * 86_400_000,
  keepEventsMs: 14 * 86_400_000,
};

/**
 * Starts the engine: listens, then becomes active as soon as it holds the database, or stands by until the engine that holds it is gone. Resolves
 * once it is either. Throws when the address is taken or the database refuses the credentials.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { logger } = options;
  const settings: EngineSettings = {
    ...defaultSettings,
    ...(options.maxParallelCalls === undefined ? {} : { maxParallelCalls: options.maxParallelCalls }),
    ...options.settings,
  };
  const server = await startServer(options.host, options.port, logger);
  const instanceId = randomUUID();
  const leadership = createLeadership(options.databaseUrl);
  let active: ActiveEngine | undefined;
  let stopping = false;
  let current: EngineState | undefined;

  const enter = (state: EngineState): void => {
    if (state === current) return;
    current = state;
    if (state === "active") logger.info({ instanceId, url: server.url }, "engine.activated");
    else
      logger.warn(
        { instanceId, reason: "another engine holds this database, or it does not answer" },
        "engine.standby.entered",
      );
  };

  const tend = async (): Promise<void> => {
    if (active !== undefined && current === "active") {
      if ((await leadership.isHeld()) && (await active.beat())) return;
      // Calls that are executing go on: what they write is checked against their lease, whoever is active by then.
      active.suspend();
      server.setActive(undefined);
      enter("standby");
    }
    if (stopping) return;
    if (!(await leadership.acquire())) {
      enter("standby");
      return;
    }
    active ??= await activate(options, settings, instanceId, server.url);
    await active.resume();
    server.setActive(active.context);
    enter("active");
  };

  try {
    await tend();
  } catch (error) {
    await server.close();
    await leadership.release();
    throw error;
  }
  let tending: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    tending = tending.then(tend).catch((error: unknown) => logger.warn({ err: error }, "engine.tending.failed"));
  }, 1_000);

  return {
    url: server.url,
    isActive: () => current === "active",
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await tending;
      await active?.stop();
      server.setActive(undefined);
      await server.close();
      await leadership.release();
      logger.info({ instanceId }, "engine.stopped");
    },
  };
}

type EngineState = "active" | "standby";

type ActiveEngine = {
  readonly context: ExecuteContext & { readonly eventKey: string };
  /** Gives a sign of life; false when another engine has taken over. */
  beat(): Promise<boolean>;
  /** Takes up the work after the lock was taken, for the first time or again. */
  resume(): Promise<void>;
  /** Takes no further work; what is executing goes on. */
  suspend(): void;
  stop(): Promise<void>;
};

async function activate(
  options: EngineOptions,
  settings: EngineSettings,
  instanceId: string,
  url: string,
): Promise<ActiveEngine> {
  const sql = openPool(options.databaseUrl, 10);
  const sender = createSender();
  const now = options.now ?? (() => new Date());
  const registry = createRegistry();
  let scheduler: Scheduler | undefined;
  const context = {
    sql,
    sender,
    registry,
    settings,
    now,
    instanceId,
    logger: options.logger,
    eventKey: options.eventKey,
    signingKey: options.signingKey,
    newId: createUlidSource(now),
    wake: () => scheduler?.wake(),
    hasFinishListeners: () => registry.triggeredBy(internalEventNames.finished).length > 0,
  };
  try {
    await migrate(sql);
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
  scheduler = startScheduler(context);
  const notifications = createNotifications({
    databaseUrl: options.databaseUrl,
    applicationName: "inngest_engine",
    logger: options.logger,
  });
  notifications.hear("inngest_engine", () => scheduler?.wake());
  let stopSync = (): void => {};
  return {
    context,
    beat: () => beat(sql, instanceId, now()),
    resume: async () => {
      for (const refusal of await loadRegistry(sql, registry)) {
        options.logger.error({ reason: refusal }, "engine.function.refused");
      }
      await takeOver(sql, instanceId, url, now());
      await scheduler?.resume();
      stopSync = startAppSync(context, options.appUrls);
    },
    suspend: () => {
      stopSync();
      scheduler?.suspend();
    },
    stop: async () => {
      stopSync();
      await scheduler?.stop();
      sender.close();
      await notifications.close();
      await sql.end({ timeout: 5 });
    },
  };
}

async function beat(sql: Sql, instanceId: string, now: Date): Promise<boolean> {
  const ours =
    await sql`update inngest_engine.engine set heartbeat_at = ${now} where instance_id = ${instanceId} returning 1`;
  return ours.length > 0;
}

/**
 * Writes down who is active from here on. A former one that has not yet noticed the loss of its lock leases no call after this: it looks for its
 * own name in the transaction in which it would.
 */
async function takeOver(sql: Sql, instanceId: string, url: string, now: Date): Promise<void> {
  await sql`
    insert into inngest_engine.engine (instance_id, url, started_at, heartbeat_at) values (${instanceId}, ${url}, ${now}, ${now})
    on conflict (id) do update set url = excluded.url, heartbeat_at = excluded.heartbeat_at, instance_id = excluded.instance_id,
      started_at = case when engine.instance_id = excluded.instance_id then engine.started_at else excluded.started_at end`;
}
