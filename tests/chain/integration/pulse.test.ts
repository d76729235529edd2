import { afterEach, expect, it } from "vitest";
import { getNetworkPulse, recordBlocks, recordGap } from "@/server/domains/chain";
import { registerTestNetwork } from "../../support/factories/networks";
import { createTestRuntime } from "../../support/test-runtime";

const ENDINGS: (() => Promise<unknown>)[] = [];
const SET = { setHash: "AB".repeat(32), addresses: ["0A", "0B", "0C"].map((each) => each.repeat(20)) };
const FIRST_AT_MS = Date.parse("2026-01-10T12:00:00Z");

afterEach(async () => {
  for (const end of ENDINGS.splice(0).reverse()) await end();
});

async function setup() {
  const runtime = await createTestRuntime();
  ENDINGS.push(() => runtime.close());
  const ctx = await runtime.ctx();
  const nowhere = "http://127.0.0.1:1";
  const facts = { chainId: "pulse-1" } as Parameters<typeof registerTestNetwork>[1]["facts"];
  // A planned network is registered without asking its endpoints.
  const network = await registerTestNetwork(ctx, { facts, rpcUrl: nowhere, restUrl: nowhere }, { status: "planned" });
  const block = (height: number, signatures: string) => ({
    heightBlocks: BigInt(height),
    hash: height.toString(16).toUpperCase().padStart(64, "0"),
    blockAt: new Date(FIRST_AT_MS + height * 1_000),
    proposerAddressHex: "0A".repeat(20),
    setHash: SET.setHash,
    txCount: 0,
    signatures,
  });
  const record = (blocks: ReturnType<typeof block>[]) =>
    recordBlocks(ctx, {
      networkId: network.id,
      via: "polling",
      tipHeightBlocks: blocks.at(-1)?.heightBlocks ?? 0n,
      tipAt: new Date(FIRST_AT_MS),
      sets: [{ ...SET, votingPowers: [1n, 1n, 1n], firstHeightBlocks: 1n }],
      blocks,
    });
  const anybody = await runtime.ctx({ actor: { kind: "anonymous" } });
  const pulse = () => getNetworkPulse(anybody, { networkId: network.id });
  return { ctx, network, block, record, pulse };
}

it("shows anybody the newest blocks: whole, with somebody missing, and not read", async () => {
  const { ctx, network, block, record, pulse } = await setup();
  await record([block(1, "ccc"), block(2, "cac"), block(3, "aaa"), block(4, "nnc")]);
  await recordGap(ctx, {
    networkId: network.id,
    fromHeightBlocks: 5n,
    toHeightBlocks: 6n,
    reason: "pruned by every endpoint",
  });
  await record([block(7, "ccc"), block(8, "ccc")]);

  const { blocks, averageBlockMs, chainId } = await pulse();

  expect(chainId).toBe("pulse-1");
  expect(blocks.map(({ heightBlocks, state, note }) => [heightBlocks, state, note])).toEqual([
    [1, "signed", undefined],
    [2, "missed", "1 of 3 missing"],
    [3, "missed", "3 of 3 missing"],
    [4, "signed", undefined],
    [5, "unknown", undefined],
    [6, "unknown", undefined],
    [7, "signed", undefined],
    [8, "signed", undefined],
  ]);
  expect(averageBlockMs).toBe(1_000);
});

it("keeps to the newest 600 blocks", async () => {
  const { block, record, pulse } = await setup();
  for (let from = 1; from <= 700; from += 100) {
    await record(Array.from({ length: 100 }, (_, index) => block(from + index, "ccc")));
  }
  const { blocks } = await pulse();
  expect([blocks.length, blocks[0]?.heightBlocks, blocks.at(-1)?.heightBlocks]).toEqual([600, 101, 700]);
});

it("has no blocks, and no invented ones, before the first is recorded", async () => {
  const { pulse } = await setup();
  expect(await pulse()).toMatchObject({ blocks: [], averageBlockMs: null });
});
