import type { LeasedCall } from "../calls/call-row";
import { type ExecuteContext, executeCall } from "../calls/execute-call";
import { fanOutWaiting } from "../events/fan-out";
import { serveReplays } from "../runs/serve-replays";
import { isDatabaseAbsent, transact } from "../state/database";
import { prune } from "../state/prune";
import { claimCalls, createClaimMemory } from "./claim-calls";
import { clampToClock, fireCrons, fireDebounces, fireTimers, syncCrons } from "./fire-timers";
import { extendLeases, releaseExpired } from "./leases";

/** The loop that finds what is due and has it done. `stop` waits for executing calls, at most the drain time. */
export type Scheduler = {
  wake(): void;
  /** Begins or goes on to take work, after putting right what the clock and the registry say. */
  resume(): Promise<void>;
  /** Takes no further work until `resume`. */
  suspend(): void;
  stop(): Promise<void>;
};

type Agenda = {
  events: boolean;
  replays: boolean;
  timers: Date | null;
  debounces: Date | null;
  crons: Date | null;
  leases: Date | null;
  calls: Date | null;
};

const batch = 50;
const pruneEveryMs = 600_000;
/** How long after a jump a transaction that had read the former time may still commit. */
const clampForMs = 10_000;

/** Makes the loop, suspended. Only the active engine may resume one. */
export function startScheduler(context: ExecuteContext): Scheduler {
  const { settings, logger } = context;
  const executing = new Map<string, Promise<void>>();
  const memory = createClaimMemory();
  let stopping = false;
  let suspended = true;
  let isWoken = false;
  let wakeLoop: () => void = () => {};
  let lastNowMs = Number.NEGATIVE_INFINITY;
  let pruneAtMs = 0;
  let clampUntilMs = 0;

  const wake = (): void => {
    isWoken = true;
    wakeLoop();
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (isWoken || stopping) return resolve();
      const timer = setTimeout(resolve, ms);
      wakeLoop = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  function dispatch(call: LeasedCall): void {
    const done = executeCall(context, call)
      .catch((error: unknown) =>
        logger.error({ err: error, runId: call.run_id, callId: call.id }, "engine.call.abandoned"),
      )
      .finally(() => {
        executing.delete(call.requestId);
        wake();
      });
    executing.set(call.requestId, done);
  }

  async function readAgenda(now: Date): Promise<Agenda> {
    const [agenda] = await context.sql<Agenda[]>`
      select
        exists (select 1 from inngest_engine.events where not fanned_out) as events,
        exists (select 1 from inngest_engine.replays) as replays,
        (select min(due_at) from inngest_engine.timers) as timers,
        (select min(due_at) from inngest_engine.debounces) as debounces,
        (select min(next_at) from inngest_engine.crons) as crons,
        (select min(lease_until) from inngest_engine.calls where leased) as leases,
        (select min(available_at) from inngest_engine.calls where not leased and available_at > ${now}) as calls`;
    if (agenda === undefined) throw new Error("the agenda query returned no row");
    return agenda;
  }

  /** One look at everything; returns the milliseconds until the next known due time. */
  async function pass(): Promise<number> {
    const now = context.now();
    if (now.getTime() < lastNowMs - 1_000) {
      logger.warn({ backMs: lastNowMs - now.getTime() }, "engine.clock.went_back");
      memory.throttledUntil.clear();
      clampUntilMs = performance.now() + clampForMs;
    }
    if (performance.now() < clampUntilMs) await transact(context.sql, (tx) => clampToClock(context, tx));
    lastNowMs = now.getTime();
    const agenda = await readAgenda(now);
    const isDue = (at: Date | null): boolean => at !== null && at <= now;
    if (agenda.events) while ((await transact(context.sql, (tx) => fanOutWaiting(context, tx, batch))) === batch);
    if (agenda.replays) await transact(context.sql, (tx) => serveReplays(context, tx));
    if (isDue(agenda.timers)) while ((await transact(context.sql, (tx) => fireTimers(context, tx, batch))) === batch);
    if (isDue(agenda.debounces)) {
      while ((await transact(context.sql, (tx) => fireDebounces(context, tx, batch))) === batch);
    }
    if (isDue(agenda.crons)) await transact(context.sql, (tx) => fireCrons(context, tx));
    if (isDue(agenda.leases)) {
      const released = await transact(context.sql, (tx) => releaseExpired(context, tx, [...executing.keys()]));
      if (released > 0) logger.warn({ calls: released }, "engine.lease.expired");
    }
    const room = settings.maxParallelCalls - executing.size;
    if (room > 0) for (const call of await claimCalls(context, memory, room)) dispatch(call);
    if (now.getTime() >= pruneAtMs || pruneAtMs > now.getTime() + pruneEveryMs) {
      pruneAtMs = now.getTime() + pruneEveryMs;
      const runs = await prune(context);
      if (runs > 0) logger.info({ runs }, "engine.runs.pruned");
    }
    const known = [agenda.timers, agenda.debounces, agenda.crons, agenda.leases, agenda.calls, ...throttleEnds()];
    const nextMs = Math.min(...known.filter((at) => at !== null).map((at) => at.getTime() - context.now().getTime()));
    return Math.max(1, Math.min(settings.pollMs, nextMs));
  }

  function throttleEnds(): Date[] {
    return [...memory.throttledUntil.values()].map((until) => new Date(until));
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      isWoken = false;
      let waitMs = settings.pollMs;
      try {
        if (!suspended) waitMs = await pass();
      } catch (error) {
        if (isDatabaseAbsent(error)) logger.warn({ err: error }, "engine.database.lost");
        else logger.error({ err: error }, "engine.pass.failed");
      }
      await pause(waitMs);
    }
  }

  const heartbeat = setInterval(
    () => {
      if (executing.size === 0) return;
      extendLeases(context, [...executing.keys()]).catch((error: unknown) =>
        logger.warn({ err: error }, "engine.heartbeat.failed"),
      );
    },
    Math.max(100, settings.leaseMs / 4),
  );

  const running = loop();

  return {
    wake,
    resume: async () => {
      memory.closedGates.clear();
      memory.throttledUntil.clear();
      await transact(context.sql, async (tx) => {
        await syncCrons(context, tx);
        await clampToClock(context, tx);
      });
      suspended = false;
      wake();
    },
    suspend: () => {
      suspended = true;
    },
    stop: async () => {
      stopping = true;
      wakeLoop();
      await running;
      const drained = Promise.all(executing.values());
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, settings.drainMs).unref())]);
      clearInterval(heartbeat);
      if (executing.size > 0) logger.warn({ calls: executing.size }, "engine.drain.timed_out");
    },
  };
}
