import { describe, expect, it } from "vitest";
import type { ChainBlock, ChainStatus } from "@/server/ports/chain-node";
import { trustedBlock } from "./trusted-block";

const chainAt = (latest: bigint, earliest: bigint) => ({
  status: async () => ({ latestHeightBlocks: latest, earliestHeightBlocks: earliest }) as ChainStatus,
  block: async (heightBlocks?: bigint) => ({ hash: `HASH${heightBlocks}` }) as ChainBlock,
});

describe("the block that a new node trusts", () => {
  it("lies far enough back for the snapshots on offer", async () => {
    const anchor = await trustedBlock(chainAt(10_000n, 1n), ["https://a.example", "https://b.example"]);
    expect(anchor).toEqual({
      rpcServers: ["https://a.example", "https://b.example"],
      trustHeight: "8000",
      trustHash: "HASH8000",
    });
  });

  it("is held against one server twice where there is only one", async () => {
    expect((await trustedBlock(chainAt(10_000n, 1n), ["https://a.example"]))?.rpcServers).toHaveLength(2);
  });

  it.each([
    ["nobody offers a snapshot", chainAt(10_000n, 1n), []],
    ["the chain is young", chainAt(1_500n, 1n), ["https://a.example"]],
    ["no endpoint holds a block so old", chainAt(10_000n, 9_000n), ["https://a.example"]],
  ])("is none where %s", async (_why, chain, urls) => {
    expect(await trustedBlock(chain, urls)).toBeNull();
  });
});
