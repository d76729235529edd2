import { describe, expect, it } from "vitest";
import type { ChainBlock, ChainCommitSignature } from "@/server/ports/chain-node";
import { finalBlock } from "./final-block";

const addresses = ["AA", "BB", "CC"];
const signatures: ChainCommitSignature[] = [
  { flag: "commit", consensusAddressHex: "AA", signedAt: "2026-01-01T00:00:01Z" },
  { flag: "absent", consensusAddressHex: null, signedAt: null },
  { flag: "nil", consensusAddressHex: "CC", signedAt: "2026-01-01T00:00:01Z" },
];
const block = (heightBlocks: bigint, hash: string, lastCommit: ChainBlock["lastCommit"]): ChainBlock => ({
  chainId: "omniphi-localnet-1",
  heightBlocks,
  hash,
  blockAt: "2026-01-01T00:00:00Z",
  proposerAddressHex: "AA",
  validatorsHash: "5E7",
  nextValidatorsHash: "5E7",
  appHash: "",
  txCount: 0,
  txsBase64: [],
  lastCommit,
});
const commit = { heightBlocks: 7n, round: 0, blockHash: "H7", signatures, canonical: true };

describe("a final block", () => {
  it("has one letter per validator in the set's order", () => {
    const made = finalBlock(block(7n, "H7", null), block(8n, "H8", commit), addresses);
    expect(made).toMatchObject({ heightBlocks: 7n, hash: "H7", setHash: "5E7", signatures: "can" });
  });

  it.each([
    ["no commit", null, addresses],
    ["the commit of another height", { ...commit, heightBlocks: 6n }, addresses],
    ["the commit of another block", { ...commit, blockHash: "X" }, addresses],
    ["fewer signatures than validators", { ...commit, signatures: signatures.slice(1) }, addresses],
    ["signatures in another order", commit, ["CC", "BB", "AA"]],
  ] as const)("is not made from %s", (_name, lastCommit, set) => {
    expect(() => finalBlock(block(7n, "H7", null), block(8n, "H8", lastCommit), set)).toThrow(/cannot be true/);
  });
});
