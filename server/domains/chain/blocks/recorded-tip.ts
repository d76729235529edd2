import type { Executor } from "@/db/client";
import { findState } from "./repository";

/** A tip that is older than this says little of where the chain is now. */
const TIP_IS_OLD_AFTER_MS = 120_000;

/** The network's newest height as the watcher recorded it; null where it recorded none lately. */
export async function recordedTip(db: Executor, networkId: string, now: Date): Promise<bigint | null> {
  const state = await findState(db, networkId);
  if (!state?.tipAt || now.getTime() - state.tipAt.getTime() > TIP_IS_OLD_AFTER_MS) return null;
  return state.tipHeightBlocks;
}
