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
export type Pace = { readonly nextAtMs: number; readonly whenToldAtMs: number };

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
  const whenToldAtMs = look.begunAtMs + gatherMs;
  if (look.error === null) return { nextAtMs: look.begunAtMs + lookMs, whenToldAtMs };
  if (isLasting(look.error)) return { nextAtMs: Number.POSITIVE_INFINITY, whenToldAtMs: Number.POSITIVE_INFINITY };
  if (!UNREACHED.has(look.error.kind))
    return { nextAtMs: look.begunAtMs + Math.max(lookMs, MISSING_LOOK_MS), whenToldAtMs };
  const retryAtMs = look.endedAtMs + Math.min(FIRST_RETRY_MS * 2 ** (look.failures - 1), MAX_RETRY_MS);
  return { nextAtMs: retryAtMs, whenToldAtMs: retryAtMs };
}
