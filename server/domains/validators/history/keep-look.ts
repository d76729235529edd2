import type { Transaction } from "@/db/client";
import { startOfStep } from "@/lib/start-of-step";
import { LOOK_GAP_SECONDS, type NodeCondition, SAMPLE_MINUTES } from "../constants";
import { addToSample, extendSpell, findNewestSpell, insertSpell, type NodeSampleRow } from "./repository";

const BUCKET_MS = SAMPLE_MINUTES * 60_000;

/** What one look at a node found; what it did not tell is null. */
type NodeLook = Omit<NodeSampleRow, "at" | "cpuPercentSum" | "cpuLooks"> & {
  readonly at: Date;
  readonly cpuPercent: number | null;
  /** Null where it cannot be told: the time is then not covered. */
  readonly condition: NodeCondition | null;
};

/** Adds a look to the history of its node. Whoever calls holds the row of the node or machine, which orders its looks. */
export async function keepLook(tx: Transaction, { condition, cpuPercent, at, ...look }: NodeLook): Promise<void> {
  await addToSample(tx, {
    ...look,
    at: new Date(startOfStep(at.getTime(), BUCKET_MS)),
    cpuPercentSum: cpuPercent ?? 0,
    cpuLooks: cpuPercent === null ? 0 : 1,
  });
  if (condition === null) return;
  const { sourceId, setupRequestId } = look;
  const newest = await findNewestSpell(tx, sourceId);
  const isSame = newest !== undefined && newest.condition === condition && newest.setupRequestId === setupRequestId;
  if (isSame && at.getTime() - newest.lastLookAt.getTime() <= LOOK_GAP_SECONDS * 1_000) {
    if (at > newest.lastLookAt) await extendSpell(tx, newest.sequence, at);
    return;
  }
  await insertSpell(tx, { sourceId, setupRequestId, condition, beganAt: at, lastLookAt: at });
}
