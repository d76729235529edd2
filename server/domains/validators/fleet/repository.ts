import "server-only";
import { count, gt, inArray, ne, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { localValidatorHeartbeats, validatorNodes } from "@/db/schema/validators";

/** How many nodes of ours that are not gone run each version, by network. */
export const countNodeVersions = (db: Executor) =>
  db
    .select({ networkId: validatorNodes.networkId, version: validatorNodes.binaryVersion, nodes: count() })
    .from(validatorNodes)
    .where(ne(validatorNodes.status, "terminated"))
    .groupBy(validatorNodes.networkId, validatorNodes.binaryVersion);

/** The same of machines of people's own that were heard of since then; one that tells no version has the empty one. */
export const countMachineVersions = (db: Executor, since: Date) => {
  const version = sql<string>`coalesce(${localValidatorHeartbeats.binaryVersion}, '')`;
  return db
    .select({ networkId: localValidatorHeartbeats.networkId, version, nodes: count() })
    .from(localValidatorHeartbeats)
    .where(gt(localValidatorHeartbeats.lastSeenAt, since))
    .groupBy(localValidatorHeartbeats.networkId, version);
};

/** How far each node is with what was asked of it. */
export const listNodeOperations = (db: Executor, nodeIds: readonly string[]) =>
  nodeIds.length === 0
    ? Promise.resolve([])
    : db
        .select({
          id: validatorNodes.id,
          status: validatorNodes.status,
          statusReason: validatorNodes.statusReason,
          statusMessage: validatorNodes.statusMessage,
          operation: validatorNodes.operation,
          generation: validatorNodes.generation,
        })
        .from(validatorNodes)
        .where(inArray(validatorNodes.id, [...nodeIds]));
