import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError, timedOut } from "@/server/kernel/errors";
import type { ChainNetwork, ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { MAX_CLOCK_SKEW_SECONDS, SYNCED_LAG_BLOCKS } from "../constants";
import { clockSkewed, keyMismatch } from "../errors";
import { lagBlocks } from "./health";
import type { OnHost } from "./make-node";

const POLL_MS = 500;
/** A watched node's height is told this often. */
const TELL_EVERY_MS = 2_000;

/** The node itself, asked through its own RPC only. */
export function nodeAsChain(
  ports: Pick<Ports, "chains">,
  network: ChainNetwork,
  node: { nodeId: string; rpcUrl: string },
): ChainNode {
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

async function look(
  ports: Pick<Ports, "chains">,
  network: ChainNetwork,
  node: { nodeId: string; rpcUrl: string },
): Promise<SyncLook> {
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

/**
 * Looks at the node until it is in sync or the time given is over; never throws for a node that is merely not there yet. `tell` hears every two
 * seconds how far it is.
 */
export async function watchNodeSync(
  ctx: Pick<ServiceCtx<Ports>, "ports" | "now">,
  input: {
    readonly network: ChainNetwork;
    readonly nodeId: string;
    readonly rpcUrl: string;
    readonly forMs: number;
    readonly tell?: (seen: { readonly heightBlocks: string; readonly tipBlocks: string | null }) => Promise<void>;
  },
): Promise<SyncLook> {
  const until = ctx.now().getTime() + input.forMs;
  let toldAtMs = 0;
  for (;;) {
    const seen = await look(ctx.ports, input.network, input);
    const nowMs = ctx.now().getTime();
    if (input.tell && seen.heightBlocks !== null && nowMs - toldAtMs >= TELL_EVERY_MS) {
      toldAtMs = nowMs;
      await input.tell({ heightBlocks: seen.heightBlocks, tipBlocks: seen.tipBlocks });
    }
    if (seen.isSynced || ctx.now().getTime() >= until) return seen;
    await wait(POLL_MS);
  }
}

/** How far the node's clock is ahead of ours (negative: behind); a node that does not tell is taken for right. */
const clockSkewSeconds = (clockAt: string | null, now: Date): number =>
  clockAt === null ? 0 : Math.round((Date.parse(clockAt) - now.getTime()) / 1_000);

/**
 * Proves that the running node holds the key: the volume's key as the binary tells it, the key that the running process tells, its clock, and
 * that the node is in sync. The host refuses a key that others could read.
 * @throws upstream_rejected validators.key_mismatch, runtime.private_key_exposed, validators.clock_skewed, timeout validators.not_in_sync
 */
export async function proveNodeKey(
  { ports, now }: Pick<ServiceCtx<Ports>, "ports" | "now">,
  { runtime, spec, network, rpcUrl }: OnHost & { readonly network: ChainNetwork; readonly rpcUrl: string },
) {
  const identity = await ports.nodeHosts[runtime].readIdentity(spec);
  const status = await nodeAsChain(ports, network, { nodeId: spec.nodeId, rpcUrl }).status({ maxAgeMs: 0 });
  if (status.consensusPubkeyBase64 !== identity.consensusPubkeyBase64 || status.nodeId !== identity.nodeId)
    throw keyMismatch();
  const skewSeconds = clockSkewSeconds(status.clockAt, now());
  if (Math.abs(skewSeconds) > MAX_CLOCK_SKEW_SECONDS) throw clockSkewed(skewSeconds);
  if (status.catchingUp)
    throw timedOut("validators.not_in_sync", "The node fell behind again; it is looked at once more.");
  return { consensusPubkey: identity.consensusPubkeyBase64, heightBlocks: status.latestHeightBlocks.toString() };
}
