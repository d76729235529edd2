import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compareSignStates } from "@/lib/node-config/sign-state.mjs";
import type { TestChain } from "./node-host-chain";
import type { NodeHostHarness } from "./node-host-harness";
import { prepare, until, untilRunning } from "./node-host-wait";

const SIGNED_MS = 60_000;

/** A CometBFT address: the first 20 bytes of the key's SHA-256, in upper-case hex. */
function consensusAddress(pubkeyBase64: string): string {
  const digest = createHash("sha256").update(Buffer.from(pubkeyBase64, "base64")).digest("hex");
  return digest.slice(0, 40).toUpperCase();
}

const LOOKED_AT_BLOCKS = 10;

/** The newest commit as the node itself saw it, and whether a vote of that address for the block is in it. */
async function seenCommit(rpcUrl: string, address: string): Promise<{ heightBlocks: number; isVoted: boolean }> {
  const { result } = (await (await fetch(`${rpcUrl}/commit`)).json()) as {
    result: {
      canonical: boolean;
      signed_header: {
        commit: { height: string; signatures: { block_id_flag: number; validator_address: string }[] };
      };
    };
  };
  const { height, signatures } = result.signed_header.commit;
  // Asked for its newest height, a node tells the commit that it saw and calls it not canonical (CometBFT 0.38, rpc/core/blocks.go).
  const isVoted = signatures.some((vote) => vote.block_id_flag === 2 && vote.validator_address === address);
  return { heightBlocks: Number(height), isVoted: isVoted && !result.canonical };
}

/** Height of a commit in which the node saw a vote of its own; null when ten blocks went by without one. */
async function ownVoteSeenAt(rpcUrl: string, address: string): Promise<number | null> {
  const { heightBlocks: first } = await seenCommit(rpcUrl, address);
  const last = await until(
    "a vote of its own, or ten blocks",
    () => seenCommit(rpcUrl, address),
    ({ heightBlocks, isVoted }) => isVoted || heightBlocks >= first + LOOKED_AT_BLOCKS,
  );
  return last.isVoted ? last.heightBlocks : null;
}

/** What a real host promises of a validator: it catches up, signs, and after a redeploy goes on above everything that it has signed. */
export function nodeHostSigningContract(
  name: string,
  parts: () => { harness: NodeHostHarness; chain: TestChain },
): void {
  describe(`a validator on ${name}`, () => {
    it("syncs, signs, and after a redeploy signs on without ever signing a height twice", async () => {
      const { chain, harness } = parts();
      const { host, reopen } = harness;
      const node = chain.spec();
      await prepare(host, node);
      const identity = await host.readIdentity(node);
      await host.start(node);
      const { endpoints } = await untilRunning(host, node.nodeId);
      const nodeSync = async () => {
        const answer = await fetch(`${endpoints?.rpcUrl}/status`).catch(() => null);
        const body = (await answer?.json().catch(() => null)) as {
          result?: { sync_info: { catching_up: boolean; latest_block_height: string } };
        } | null;
        const sync = body?.result?.sync_info;
        return { isCaughtUp: sync?.catching_up === false, heightBlocks: Number(sync?.latest_block_height ?? 0) };
      };
      await until("the chain's tip", nodeSync, ({ isCaughtUp, heightBlocks }) => isCaughtUp && heightBlocks > 1);

      await chain.bond(identity.consensusPubkeyBase64);
      const address = consensusAddress(identity.consensusPubkeyBase64);
      const hasSigned = async () => {
        const heightBlocks = (await chain.heightBlocks()) - 1;
        return { heightBlocks, isSigned: (await chain.signersAt(heightBlocks)).includes(address) };
      };
      await until("a signature on the chain", hasSigned, ({ isSigned }) => isSigned, SIGNED_MS);

      // CometBFT 0.38 (checkDoubleSigningRisk) looks for a vote of its own in the last nine commits as the node itself saw them. Beside a validator
      // with more than two thirds its own vote may never be counted in time, and nothing can force it; then only the sign state stands guard.
      const votedAtBlocks = await ownVoteSeenAt(endpoints?.rpcUrl ?? "", address);

      const stopped = await host.stop(node.nodeId, { graceSeconds: 20 });
      expect(stopped.state).toBe("stopped");
      const before = (await host.inspectVolume(node.volumeId)).signState;
      if (before === null) throw new Error("The validator signed, so there is a sign state.");
      expect(Number(before.height)).toBeGreaterThan(1);

      // At once: within 10 blocks of a vote that it finds the node ends on purpose, and the host keeps asking until they have passed.
      await reopen().initialise(node);
      await reopen().start(node);
      const resumed = await until(
        "a signature above the last one",
        hasSigned,
        ({ isSigned, heightBlocks }) => isSigned && heightBlocks > Number(before.height),
        SIGNED_MS * 2,
      );
      if (votedAtBlocks !== null) expect(resumed.heightBlocks - votedAtBlocks).toBeGreaterThanOrEqual(10);
      const after = (await host.inspectVolume(node.volumeId)).signState;
      expect(after === null ? -1 : compareSignStates(after, before)).toBe(1);
      expect(await host.readIdentity(node)).toEqual(identity);
      expect((await host.inspect(node.nodeId)).state).toBe("running");
      await host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    });
  });
}
