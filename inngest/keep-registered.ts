import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@/db/client";
import { JOBS_BEAT, JOBS_BEAT_STALE_SECONDS, listHeartbeats } from "@/server/kernel/heartbeats";
import type { Logger } from "@/server/kernel/logger";

type RegistrationPace = {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How often it is looked whether scheduled jobs still come. */
  readonly lookEveryMs: number;
};
const PACE: RegistrationPace = { firstPauseMs: 1_000, longestPauseMs: 30_000, lookEveryMs: 60_000 };

/**
 * Registers at each start of a web process until the server takes it, since an Inngest server does not ask a healthy app again. It registers once
 * more only while no scheduled job runs, as after a server that lost its state: a copy of an older release must not undo a newer one's.
 */
export async function keepRegistered(settings: {
  /** Null when taken, else why not. */
  readonly register: () => Promise<string | null>;
  /** Whether scheduled jobs have stopped coming. */
  readonly isSilent: () => Promise<boolean>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly pace?: RegistrationPace;
}): Promise<void> {
  const { isSilent, logger, signal } = settings;
  const pace = settings.pace ?? PACE;
  while (!signal.aborted) {
    await untilTaken(settings, pace);
    logger.info({}, "jobs.functions.registered");
    do await rest(pace.lookEveryMs, signal);
    while (!signal.aborted && !(await isSilent().catch(() => false)));
  }
}

/** Does so for the life of this process, with the product's own functions. */
export function keepRegisteredFrom({ db, logger }: { readonly db: Database; readonly logger: Logger }): void {
  keepRegistered({
    register: async () => (await import("./register-functions")).registerFunctions(),
    isSilent: async () => {
      const scheduled = (await listHeartbeats(db)).find(({ component }) => component === JOBS_BEAT);
      return scheduled === undefined || scheduled.ageSeconds > JOBS_BEAT_STALE_SECONDS;
    },
    logger,
    signal: new AbortController().signal,
  }).catch((thrown: unknown) => logger.error({ err: thrown }, "jobs.registration.ended"));
}

async function untilTaken(
  { register, logger, signal }: Parameters<typeof keepRegistered>[0],
  pace: RegistrationPace,
): Promise<void> {
  for (let pauseMs = pace.firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, pace.longestPauseMs)) {
    const problem = await register().catch((thrown: unknown) => String(thrown));
    if (problem === null) return;
    logger.warn({ reason: problem, againInMs: pauseMs }, "jobs.functions.not_registered");
    await rest(pauseMs, signal);
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}
