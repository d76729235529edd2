import { eq, isNotNull } from "drizzle-orm";
import type { z } from "zod";
import { chainBlocks, chainValidatorSets } from "@/db/schema/chain";
import { fleetBulkRuns } from "@/db/schema/fleet";
import { validatorNodes } from "@/db/schema/validators";
import { startBulkRun } from "@/server/domains/fleet";
import { confirmationOf } from "@/server/domains/fleet/constants";
import { fleetDomain } from "@/server/domains/fleet/domain";
import type { StartBulkRunInput } from "@/server/domains/fleet/schemas";
import type { TestRuntime } from "../test-runtime";
import { createPerson, type SignedInPerson } from "./identity";
import { createRecordedNetwork, createWatchedValidator, type Seen } from "./watched-validator";

export type FleetMate = { readonly owner: SignedInPerson } & Awaited<ReturnType<typeof createWatchedValidator>>;

/** So many validators of as many organisations, each with the same stake, that sign the newest blocks of one network. */
export async function createTestFleet(
  runtime: TestRuntime,
  seen: readonly Seen[],
): Promise<{ readonly networkId: string; readonly mates: readonly FleetMate[] }> {
  const { networkId } = await createRecordedNetwork(runtime);
  const mates: FleetMate[] = [];
  for (const [place, shown] of seen.entries()) {
    const owner = await createPerson(runtime);
    const made = await createWatchedValidator(runtime, owner, networkId, `Validator ${place}`);
    await made.show(shown, new Date());
    mates.push({ owner, ...made });
  }
  // Each was shown as if it alone made the blocks; all of them do.
  const [block] = await runtime.db.select().from(chainBlocks).where(eq(chainBlocks.networkId, networkId)).limit(1);
  if (!block) throw new Error("no block was recorded");
  const addresses = mates.map(({ consensusAddressHex }) => consensusAddressHex);
  await runtime.db
    .update(chainValidatorSets)
    .set({ addresses, votingPowers: addresses.map(() => 1n) })
    .where(eq(chainValidatorSets.setHash, block.setHash));
  await runtime.db.update(chainBlocks).set({ setHash: block.setHash, signatures: "c".repeat(mates.length) });
  return { networkId, mates };
}

/** Somebody who runs the platform. */
export const operatorCtx = async (runtime: TestRuntime, operator: SignedInPerson) => ({
  ...(await runtime.ctx({
    actor: {
      kind: "user",
      userId: operator.userId,
      sessionId: operator.sessionId,
      organizationRole: null,
      platformRole: "operator",
    },
  })),
  organizationId: null,
});

/** Begins a run over these validators, all of which it may take. */
export async function startTestRun(
  runtime: TestRuntime,
  operator: SignedInPerson,
  mates: readonly FleetMate[],
  change: Partial<z.input<typeof StartBulkRunInput>> = {},
): Promise<{ bulkRunId: string }> {
  const act = change.act ?? "redeploy";
  return startBulkRun(await operatorCtx(runtime, operator), {
    act,
    setupRequestIds: mates.map(({ setupRequestId }) => setupRequestId),
    maxPowerPercent: 100,
    reason: "A test of many",
    confirmation: confirmationOf(act, mates.length),
    ...change,
  });
}

/** Ends whatever is under way on nodes, as their own durable work does. */
export async function endOperations(
  runtime: TestRuntime,
  status: "synced" | "stopped" | "error" = "synced",
): Promise<void> {
  await runtime.db
    .update(validatorNodes)
    .set({ operation: null, status, statusMessage: status === "error" ? "It did not come up." : "It is done." })
    .where(isNotNull(validatorNodes.operation));
}

/** One of each kind of the domain's ids, for whoever tries them with a stranger's. @public */
export async function idsOf(owner: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const { db } = await owner.ctx();
  const bulkRun = fleetDomain.newId("bulkRun");
  await db.insert(fleetBulkRuns).values({
    id: bulkRun,
    act: "stop",
    status: "paused",
    reason: "A test",
    startedBy: `user:${owner.userId}`,
    atOnce: 1,
    maxPowerPercent: 10,
    mayJail: false,
  });
  return { bulkRun };
}
