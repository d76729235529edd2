import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import {
  chainBlocks,
  chainStates,
  chainValidatorSets,
  chainValidators,
  networkEndpoints,
  networks,
} from "@/db/schema/chain";
import { validatorNodes, validatorSetupRequests } from "@/db/schema/validators";
import { consensusAddressHexOf } from "@/lib/chain/key-address";
import { seedRegions } from "@/server/domains/regions";
import type { TestRuntime } from "../test-runtime";
import type { SignedInPerson } from "./identity";
import { registerTestNetwork } from "./networks";
import { createTestNodeRow, createTestSetup, TEST_CHAIN_ID } from "./validators";

/** How the records show a validator, its node and its chain at one moment; what is left out is well. */
export type Seen = {
  readonly node?: Partial<typeof validatorNodes.$inferInsert>;
  readonly validator?: Partial<typeof chainValidators.$inferInsert>;
  readonly rpc?: "healthy" | "failing" | "quarantined" | "unknown";
  /** Age of the chain's newest block. */
  readonly tipAgeSeconds?: number;
  /** Letters of the newest blocks, the newest last: signed or missed. */
  readonly signatures?: string;
};

/** A network of which only records speak: it is registered as planned, which asks no endpoint, and active from then on. */
export async function createRecordedNetwork(
  runtime: TestRuntime,
  kind: "localnet" | "testnet" = "testnet",
): Promise<{ networkId: string }> {
  const ctx = await runtime.ctx();
  await seedRegions(ctx, {});
  const nowhere = "http://127.0.0.1:1";
  const facts = { chainId: TEST_CHAIN_ID } as Parameters<typeof registerTestNetwork>[1]["facts"];
  const { id } = await registerTestNetwork(ctx, { facts, rpcUrl: nowhere, restUrl: nowhere }, { status: "planned" });
  await runtime.db.update(networks).set({ kind, status: "active" }).where(eq(networks.id, id));
  return { networkId: id };
}

/** A validator that is active, as if the watcher had looked at it; `show` writes what the looks found at a moment. */
export async function createWatchedValidator(
  runtime: TestRuntime,
  owner: SignedInPerson,
  networkId: string,
  name = "Lighthouse",
) {
  const { organizationId } = owner;
  const { setupRequestId, setup } = await createTestSetup(owner, networkId, { validatorName: name });
  const { nodeId } = await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
  const consensusPubkey = randomBytes(32).toString("base64");
  const consensusAddressHex = consensusAddressHexOf(consensusPubkey);
  const { operatorAddress } = setup;
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "active", consensusPubkey })
    .where(eq(validatorSetupRequests.id, setupRequestId));
  const key = { networkId, operatorAddress };
  const setHash = randomBytes(32).toString("hex").toUpperCase();
  let height = 1_000n;
  const show = async (seen: Seen, now: Date) => {
    const { db } = runtime;
    height += 100n;
    const tipAt = new Date(now.getTime() - (seen.tipAgeSeconds ?? 1) * 1_000);
    const state = {
      contiguousHeightBlocks: height,
      tipHeightBlocks: height + 1n,
      tipAt,
      syncedHeightBlocks: height,
      syncedAt: now,
      updatedAt: now,
      slashingParams: {
        signedBlocksWindow: 200,
        minSignedPerWindow: "0.5",
        downtimeJailSeconds: 600,
        slashFractionDoubleSign: "0.05",
        slashFractionDowntime: "0.0001",
      },
    };
    await db
      .insert(chainStates)
      .values({ networkId, ...state })
      .onConflictDoUpdate({ target: chainStates.networkId, set: state });
    const validator = {
      consensusPubkeyBase64: consensusPubkey,
      consensusAddress: "omnivalcons1x",
      consensusAddressHex,
      moniker: name,
      status: "bonded" as const,
      jailed: false,
      tombstoned: false,
      tokensBaseUnits: 1_000_000n,
      commissionRate: "0.1",
      missedBlocks: 0,
      signingStartHeightBlocks: 1n,
      syncedHeightBlocks: height,
      syncedAt: now,
      ...seen.validator,
    };
    await db
      .insert(chainValidators)
      .values({ ...key, ...validator })
      .onConflictDoUpdate({ target: [chainValidators.networkId, chainValidators.operatorAddress], set: validator });
    await db
      .insert(chainValidatorSets)
      .values({ networkId, setHash, addresses: [consensusAddressHex], votingPowers: [1n], firstHeightBlocks: 1n })
      .onConflictDoNothing();
    const letters = [...(seen.signatures ?? "c".repeat(20))];
    await db
      .insert(chainBlocks)
      .values(
        letters.map((signatures, index) => ({
          networkId,
          heightBlocks: height - BigInt(letters.length - 1 - index),
          hash: randomBytes(32).toString("hex").toUpperCase(),
          blockAt: new Date(tipAt.getTime() - (letters.length - 1 - index) * 1_000),
          proposerAddressHex: consensusAddressHex,
          setHash,
          txCount: 0,
          signatures,
        })),
      )
      .onConflictDoNothing();
    await db
      .update(networkEndpoints)
      .set({ state: seen.rpc ?? "healthy", checkedAt: now })
      .where(eq(networkEndpoints.networkId, networkId));
    await db
      .update(validatorNodes)
      .set({
        status: "synced",
        desiredState: "running",
        operation: null,
        lagBlocks: 0,
        lastBlockHeight: height,
        peerCount: 12,
        restartCount: 0,
        cpuPercent: 1,
        cpuMillicores: 1_000,
        memoryUsedBytes: 10,
        memoryBytes: 100,
        lastSeenAt: now,
        ...seen.node,
      })
      .where(eq(validatorNodes.id, nodeId));
  };
  return { setupRequestId, nodeId, operatorAddress, consensusAddressHex, show };
}
