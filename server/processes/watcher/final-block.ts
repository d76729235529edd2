import { upstreamRejected } from "@/server/kernel/errors";
import type { ChainBlock, ChainBlockIdFlag } from "@/server/ports/chain-node";

const LETTERS: Record<ChainBlockIdFlag, string> = { commit: "c", nil: "n", absent: "a" };

/** A block as it is recorded; see `RecordedBlock` of the chain domain. */
export type FinalBlock = {
  readonly heightBlocks: bigint;
  readonly hash: string;
  readonly blockAt: string;
  readonly proposerAddressHex: string;
  readonly setHash: string;
  readonly txCount: number;
  readonly signatures: string;
};

/**
 * A block with its final signatures, which the next block carries. The next block must build on exactly this one, and every signature must sit
 * at its validator's place in the set. @throws upstream_rejected chain.bad_answer
 */
export function finalBlock(block: ChainBlock, next: ChainBlock, setAddresses: readonly string[]): FinalBlock {
  const commit = next.lastCommit;
  if (commit === null || commit.heightBlocks !== block.heightBlocks || commit.blockHash !== block.hash) {
    throw untrue(block, "the next block does not build on it");
  }
  if (commit.signatures.length !== setAddresses.length) throw untrue(block, "its signatures do not fit its set");
  const isMisplaced = commit.signatures.some(
    (signature, index) =>
      signature.consensusAddressHex !== null && signature.consensusAddressHex !== setAddresses[index],
  );
  if (isMisplaced) throw untrue(block, "a signature is not at its validator's place");
  return {
    heightBlocks: block.heightBlocks,
    hash: block.hash,
    blockAt: block.blockAt,
    proposerAddressHex: block.proposerAddressHex,
    setHash: block.validatorsHash,
    txCount: block.txCount,
    signatures: commit.signatures.map((signature) => LETTERS[signature.flag]).join(""),
  };
}

const untrue = (block: ChainBlock, why: string) =>
  upstreamRejected(
    "chain.bad_answer",
    `Block ${block.heightBlocks} as told cannot be true: ${why}. It is read again.`,
    {
      details: { heightBlocks: block.heightBlocks.toString() },
    },
  );
