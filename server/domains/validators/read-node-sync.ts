import { z } from "zod";
import { NetworkFacts } from "@/server/domains/chain";
import { isAppError, timedOut, upstreamRejected } from "@/server/kernel/errors";
import { defineEffect } from "@/server/kernel/verbs";
import type { ChainNetwork, ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { MAX_CLOCK_SKEW_SECONDS, SYNCED_LAG_BLOCKS } from "./constants";
import { OnHost } from "./effect-inputs";
import { clockSkewed, keyMismatch } from "./errors";
import { lagBlocks } from "./health";

const POLL_MS = 500;

/** The node itself, asked through its own RPC only. */
export function nodeAsChain(ports: Ports, network: ChainNetwork, node: { nodeId: string; rpcUrl: string }): ChainNode {
  const own = { networkId: node.nodeId, rpcUrls: [node.rpcUrl], restUrls: [], reach: "own" } as const;
  return ports.chains.forNetwork({ ...network, ...own });
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type SyncLook = {
  readonly isSynced: boolean;
  readonly heightBlocks: string | null;
  readonly tipBlocks: string | null;
  readonly sentence: string;
};

async function look(ports: Ports, network: ChainNetwork, node: { nodeId: string; rpcUrl: string }): Promise<SyncLook> {
  const tip = await ports.chains
    .forNetwork(network)
    .status({ maxAgeMs: 0 })
    .then((status) => status.latestHeightBlocks)
    .catch((thrown: unknown) => {
      if (isAppError(thrown)) return null;
      throw thrown;
    });
  try {
    const status = await nodeAsChain(ports, network, node).status({ maxAgeMs: 0 });
    const lag = lagBlocks(status.latestHeightBlocks, tip);
    return {
      isSynced: !status.catchingUp && lag !== null && lag <= SYNCED_LAG_BLOCKS,
      heightBlocks: status.latestHeightBlocks.toString(),
      tipBlocks: tip?.toString() ?? null,
      sentence:
        tip === null
          ? `At block ${status.latestHeightBlocks}; the network's tip is unknown now.`
          : `Block ${status.latestHeightBlocks} of ${tip}.`,
    };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    return {
      isSynced: false,
      heightBlocks: null,
      tipBlocks: tip?.toString() ?? null,
      sentence: "The node does not answer yet.",
    };
  }
}

/** Looks at the node until it is in sync or the time given is over; never throws for a node that is merely not there yet. */
export const watchNodeSync = defineEffect<Ports>()({
  verb: "validators.watch-node-sync",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({
    network: NetworkFacts,
    nodeId: z.string(),
    rpcUrl: z.string(),
    forMs: z.number().int().min(0).max(60_000),
  }),
  run: async (ctx, input): Promise<SyncLook> => {
    const until = ctx.now().getTime() + input.forMs;
    for (;;) {
      const seen = await look(ctx.ports, input.network, input);
      if (seen.isSynced || ctx.now().getTime() >= until) return seen;
      await wait(POLL_MS);
    }
  },
});

/** How far the node's clock is ahead of ours (negative: behind); a node that does not tell is taken for right. */
const clockSkewSeconds = (clockAt: string | null, now: Date): number =>
  clockAt === null ? 0 : Math.round((Date.parse(clockAt) - now.getTime()) / 1_000);

/**
 * Proves that the running node holds the key: the volume's key as the binary tells it, the key that the running process tells, the mode of the
 * private file, its clock, and that the node is in sync.
 * @throws upstream_rejected validators.key_mismatch, validators.key_file_open, validators.clock_skewed, timeout validators.not_in_sync
 */
export const proveNodeKey = defineEffect<Ports>()({
  verb: "validators.prove-node-key",
  scope: "platform:write",
  tenancy: "platform",
  input: OnHost.extend({ network: NetworkFacts, rpcUrl: z.string() }),
  run: async (ctx, { runtime, spec, network, rpcUrl }) => {
    const identity = await ctx.ports.nodeHosts[runtime].readIdentity(spec);
    const status = await nodeAsChain(ctx.ports, network, { nodeId: spec.nodeId, rpcUrl }).status({ maxAgeMs: 0 });
    if (status.consensusPubkeyBase64 !== identity.consensusPubkeyBase64 || status.nodeId !== identity.nodeId)
      throw keyMismatch();
    if (identity.privateKeyFileMode !== "0600") {
      throw upstreamRejected(
        "validators.key_file_open",
        `The private key's file has mode ${identity.privateKeyFileMode}; only 0600 is accepted. The node is not used.`,
      );
    }
    const skewSeconds = clockSkewSeconds(status.clockAt, ctx.now());
    if (Math.abs(skewSeconds) > MAX_CLOCK_SKEW_SECONDS) throw clockSkewed(skewSeconds);
    if (status.catchingUp)
      throw timedOut("validators.not_in_sync", "The node fell behind again; it is looked at once more.");
    return { consensusPubkey: identity.consensusPubkeyBase64, heightBlocks: status.latestHeightBlocks.toString() };
  },
});
