import type { Executor } from "@/db/client";
import { sumHours } from "./repository";

/** Blocks that these keys signed and missed since then, by the recorded hours; null where no hour of theirs was recorded. */
export async function sumSigned(
  db: Executor,
  keys: readonly { readonly networkId: string; readonly consensusAddressHex: string }[],
  since: Date,
): Promise<{ readonly signed: number; readonly missed: number; readonly since: Date } | null> {
  const { signed, missed, firstHourAt } = await sumHours(db, keys, since);
  return firstHourAt === null ? null : { signed, missed, since: firstHourAt };
}
