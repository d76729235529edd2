import type { State } from "@/components/state/state";
import type { PulseBlock } from "@/server/domains/chain/blocks/schemas";

/** A newest block older than this many block times, and than the least, says that no blocks come in. */
const LATE_BLOCK_TIMES = 10;
const LATE_AT_LEAST_MS = 30_000;

type Verdict = { readonly state: State; readonly word: string };
const NOT_READ: Verdict = { state: "unknown", word: "Not read" };
const LATE: Verdict = { state: "attention", word: "No new block" };
const LIVE: Verdict = { state: "ok", word: "Live" };

/** Whether blocks come in, from how old the newest one is; `blocks` oldest first. */
export function pulseVerdict(blocks: readonly PulseBlock[], averageBlockMs: number | null, nowMs: number): Verdict {
  const newestAt = blocks.at(-1)?.at;
  if (newestAt === undefined) return NOT_READ;
  const lateAfterMs = Math.max(LATE_AT_LEAST_MS, LATE_BLOCK_TIMES * (averageBlockMs ?? 0));
  return nowMs - Date.parse(newestAt) > lateAfterMs ? LATE : LIVE;
}
