import type { Heartbeat } from "@/server/kernel/heartbeats";
import type { FollowMemory } from "./follow-memory";

/** A chain that makes no block for this long is worth a word, whatever its block time. */
const SILENT_AFTER_MS = 30_000;
const UNREACHABLE = new Set(["chain.unavailable", "chain.rpc_timeout", "chain.id_mismatch", "chain.stale_height"]);

/** Whether a trouble means that the chain cannot be asked at all. */
export const isUnreachable = (trouble: FollowMemory["trouble"]): boolean =>
  trouble !== null && UNREACHABLE.has(trouble.code);

/** What `/api/health` says of the chain: down while it cannot be asked, degraded while blocks or facts are missing. */
export function followHealth(chainId: string, memory: FollowMemory, nowMs: number): Heartbeat {
  const { trouble, factsTrouble, recordedAtMs } = memory;
  const silentMs = recordedAtMs === null ? null : nowMs - recordedAtMs;
  const isSilent = silentMs !== null && silentMs > SILENT_AFTER_MS;
  const isDown = isUnreachable(trouble);
  const silence = isSilent ? `No new block for ${Math.round(silentMs / 1_000)} s.` : null;
  const beginning = recordedAtMs === null ? "Its first blocks are being read." : null;
  const reason = trouble?.reason ?? silence ?? factsTrouble ?? beginning;
  return {
    component: `watcher:${chainId}`,
    status: isDown ? "down" : reason === null ? "ok" : "degraded",
    reason,
    details: {
      tipHeightBlocks: memory.tipHeightBlocks?.toString() ?? null,
      contiguousHeightBlocks: memory.cursor?.heightBlocks?.toString() ?? null,
      via: memory.via,
    },
  };
}
