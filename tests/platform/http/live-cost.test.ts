import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { constants, gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { validatorNodes, validatorSetupRequests } from "@/db/schema/validators";
import { consensusAddressHexOf, consensusAddressOf } from "@/lib/chain/key-address";
import { recordBlocks, recordChainFacts, recordEndpointHealth } from "@/server/domains/chain";
import { eventually } from "../../support/eventually";
import { createPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestNodeRow, createTestSetup } from "../../support/factories/validators";
import { openLive } from "../../support/live-client";
import { LOOKED_AT_PARAMS } from "../../support/looked-at-params";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { writeFakeChain } from "../../support/validators/fake-chains";
import { fakeSetupControl, fakeSetupPorts } from "../../support/validators/fake-setup-ports";

/** What an open page of a validator may cost in a minute on a chain that makes a block a second and is otherwise at rest. */
const BUDGET_BYTES_A_MINUTE = 10_000;
const BLOCKS = 20;
const BLOCK_MS = 1_000;
const GRID_BLOCKS = 200;

let runtime: TestRuntime;
let networkId: string;
const dir = mkdtempSync(join(tmpdir(), "omniphi-live-cost-"));
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(dir) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime?.close());

const consensusPubkey = randomBytes(32).toString("base64");
const consensusAddressHex = consensusAddressHexOf(consensusPubkey);
const SET_HASH = "CD".repeat(32);
let height = 1_234_000;

/** Blocks that the validator signed, the newest one now. */
async function recordNewBlocks(count: number): Promise<void> {
  const nowMs = Date.now();
  const first = height + 1;
  height += count;
  await recordBlocks(await runtime.ctx(), {
    networkId,
    via: "subscription",
    tipHeightBlocks: BigInt(height),
    tipAt: new Date(nowMs),
    sets: [{ setHash: SET_HASH, addresses: [consensusAddressHex], votingPowers: [1n], firstHeightBlocks: 1n }],
    blocks: Array.from({ length: count }, (_, place) => ({
      heightBlocks: BigInt(first + place),
      hash: randomBytes(32).toString("hex").toUpperCase(),
      blockAt: new Date(nowMs - (count - 1 - place) * BLOCK_MS),
      proposerAddressHex: consensusAddressHex,
      setHash: SET_HASH,
      txCount: 0,
      signatures: "c",
    })),
  });
}

/** What the watcher reads of the chain every five seconds. */
async function recordFacts(operatorAddress: string): Promise<void> {
  const ctx = await runtime.ctx();
  await recordChainFacts(ctx, {
    networkId,
    heightBlocks: BigInt(height),
    ...LOOKED_AT_PARAMS,
    upgradePlan: null,
    validators: [
      {
        operatorAddress,
        consensusPubkeyBase64: consensusPubkey,
        consensusAddress: consensusAddressOf(consensusPubkey, "omnivalcons"),
        consensusAddressHex,
        moniker: "A test validator",
        status: "bonded",
        jailed: false,
        tombstoned: false,
        jailedUntil: null,
        tokensBaseUnits: 1_000_000_000n,
        commissionRate: "0.1",
        missedBlocks: 0,
        signingStartHeightBlocks: 1n,
      },
    ],
  });
  await recordEndpointHealth(ctx, {
    networkId,
    endpoints: (["rpc", "rest"] as const).map((kind) => ({
      kind,
      url: "http://127.0.0.1:1",
      state: "healthy",
      reason: null,
      latencyMs: 1 + (height % 9),
      consecutiveFailures: 0,
      checkedAt: new Date().toISOString(),
    })),
  });
}

/** What a look at the node finds every ten seconds. */
const recordNode = (nodeId: string) =>
  runtime.db
    .update(validatorNodes)
    .set({
      status: "synced",
      desiredState: "running",
      lastSeenAt: new Date(),
      lastBlockHeight: BigInt(height),
      cpuPercent: height % 7,
      memoryUsedBytes: 120_000_000 + height,
      volumeUsedBytes: 50_000_000 + height,
      peerCount: 1,
      lagBlocks: 0,
    })
    .where(eq(validatorNodes.id, nodeId));

/** As the web server sends it: each event compressed as if none had gone before, in a chunk of its own. The head and foot of gzip come once. */
const onTheWire = (event: string): number => {
  const bytes = gzipSync(event, { finishFlush: constants.Z_FULL_FLUSH }).length - 10;
  return bytes + bytes.toString(16).length + "\r\n\r\n".length;
};

it("costs an open page of a validator little while blocks come, and all of them are shown", {
  timeout: 60_000,
}, async () => {
  const person = await createPerson(runtime);
  const { setupRequestId, setup } = await createTestSetup(person, networkId);
  const { nodeId } = await createTestNodeRow(runtime, {
    organizationId: person.organizationId,
    setupRequestId,
    networkId,
  });
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "active", consensusPubkey, completedAt: new Date() })
    .where(eq(validatorSetupRequests.id, setupRequestId));
  const { operatorAddress } = setup;
  writeFakeChain(fakeSetupControl(dir).chainFile, { validators: { [operatorAddress]: consensusPubkey } });
  await recordNewBlocks(GRID_BLOCKS);
  await recordFacts(operatorAddress);
  await recordNode(nodeId);

  const ofNetwork = { networkId };
  const ofConsensus = { networkId, consensusAddress: consensusAddressHex };
  const stream = await openLive(
    [
      ["chain.listNetworks", {}],
      ["chain.getChainTip", ofNetwork],
      ["validators.getSetupRequest", { setupRequestId }],
      ["validators.listSetupEvents", { setupRequestId, newest: 200 }],
      ["validators.getOnChain", { setupRequestId }],
      ["chain.getSigningGrid", { ...ofConsensus, blocks: GRID_BLOCKS }],
      ["chain.getMissBudget", ofConsensus],
    ],
    { bearer: person.accessToken },
  );
  try {
    await eventually("all are there", async () => stream.states.filter(Boolean).length === 7);
    const before = stream.events.length;
    for (let block = 1; block <= BLOCKS; block += 1) {
      await delay(BLOCK_MS);
      await recordNewBlocks(1);
      if (block % 5 === 0) await recordFacts(operatorAddress);
      if (block % 10 === 0) await recordNode(nodeId);
    }
    await eventually(
      "the newest block is shown",
      async () => Object(stream.states[5]).cells.at(-1).heightBlocks === height,
    );
    const events = stream.events.slice(before);
    const bytes = events.reduce((sum, event) => sum + onTheWire(event), 0);
    const bytesAMinute = Math.round((bytes / BLOCKS) * (60_000 / BLOCK_MS));
    console.log(`an open validator page: ${events.length} events in ${BLOCKS} blocks, ${bytesAMinute} bytes a minute`);
    expect(bytesAMinute).toBeLessThanOrEqual(BUDGET_BYTES_A_MINUTE);
    // One event for what two blocks change, and none for beats.
    expect(events.length).toBeLessThanOrEqual(BLOCKS / 2 + 4);
  } finally {
    await stream.close();
  }
});
