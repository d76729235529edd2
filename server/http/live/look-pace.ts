import type { AppError } from "@/server/kernel/errors";
import type { Following } from "@/server/kernel/publish";

/** Changes of so long are told as one, where the read does not say otherwise. */
const GATHER_MS = 150;
/** What is not there may be there later, and is looked for less often; its channel may tell sooner. */
const MISSING_LOOK_MS = 30_000;
const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 60_000;
/** Refusals that no waiting heals. */
const LASTING = new Set(["forbidden", "unauthenticated", "invalid"]);
/** What did not answer: being told of a change does not make it answer. */
const UNREACHED = new Set(["upstream_unavailable", "timeout", "internal", "rate_limited"]);

export const isLasting = ({ kind }: AppError): boolean => LASTING.has(kind);

/** When a read is looked at again: of itself after a while, and earlier when it is told to have changed. */
export type Pace = { readonly begunAtMs: number; readonly nextAtMs: number; readonly whenToldAtMs: number };

export const FIRST_PACE: Pace = { begunAtMs: 0, nextAtMs: 0, whenToldAtMs: 0 };

export const dueAtMs = ({ nextAtMs, whenToldAtMs }: Pace, isTold: boolean): number =>
  isTold ? Math.min(nextAtMs, whenToldAtMs) : nextAtMs;

/** How much sooner than it is due a look may be made, as a share of its pause: with half of it two of one pace come to go together, however they began. */
const COMPANY_SHARE = 0.5;
const MAX_COMPANY_MS = 1_000;

/** Whether a read is so nearly due that it is looked at with another one: what is found together is sent together. */
export function isNearlyDue(pace: Pace, isTold: boolean, nowMs: number): boolean {
  const atMs = dueAtMs(pace, isTold);
  return atMs - nowMs <= Math.min((atMs - pace.begunAtMs) * COMPANY_SHARE, MAX_COMPANY_MS);
}

/** The pace after a look that began then. `failures`: how many looks have failed in a row, this one among them, the latest for this reason. */
export function paceAfter(
  { lookMs, gatherMs = GATHER_MS }: Following,
  look: {
    readonly begunAtMs: number;
    readonly endedAtMs: number;
    readonly failures: number;
    readonly error: AppError | null;
  },
): Pace {
  const { begunAtMs } = look;
  const whenToldAtMs = begunAtMs + gatherMs;
  if (look.error === null) return { begunAtMs, nextAtMs: begunAtMs + lookMs, whenToldAtMs };
  if (isLasting(look.error)) {
    return { begunAtMs, nextAtMs: Number.POSITIVE_INFINITY, whenToldAtMs: Number.POSITIVE_INFINITY };
  }
  if (!UNREACHED.has(look.error.kind)) {
    return { begunAtMs, nextAtMs: begunAtMs + Math.max(lookMs, MISSING_LOOK_MS), whenToldAtMs };
  }
  const retryAtMs = look.endedAtMs + Math.min(FIRST_RETRY_MS * 2 ** (look.failures - 1), MAX_RETRY_MS);
  return { begunAtMs, nextAtMs: retryAtMs, whenToldAtMs: retryAtMs };
}
