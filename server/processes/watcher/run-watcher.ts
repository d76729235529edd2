import { setTimeout as delay } from "node:timers/promises";
import { listNetworks, toChainNetwork } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { takeAdvisoryLock } from "@/server/runtime/advisory-lock";
import { FOLLOW_PACE, type FollowPace, followNetwork } from "./follow-network";

export type WatcherPace = FollowPace & {
  /** How often networks are looked up, and a lock that is held elsewhere or a follower that failed is tried again. */
  readonly lookEveryMs: number;
};
const WATCHER_PACE: WatcherPace = { ...FOLLOW_PACE, lookEveryMs: 2_000 };

type Follower = { readonly description: string; readonly stop: AbortController; readonly done: Promise<void> };

/**
 * Follows every active network that no other watcher follows, until the signal. Networks and endpoints are read again and again, so that a row
 * that is added, changed or quarantined takes effect within seconds. Survives a lost database by trying again.
 */
export async function runWatcher(settings: {
  readonly ctx: ServiceCtx<Ports>;
  readonly databaseUrl: string;
  readonly signal: AbortSignal;
  readonly pace?: WatcherPace;
  readonly onRound?: (chainIds: readonly string[] | null) => void;
}): Promise<void> {
  const { ctx, signal } = settings;
  const pace = settings.pace ?? WATCHER_PACE;
  const followers = new Map<string, Follower>();
  while (!signal.aborted) {
    try {
      const networks = (await listNetworks(ctx, { status: "active" })).map(toChainNetwork);
      reconcile(followers, networks, (network, stop) => followWhileLocked(settings, network, stop, pace));
      settings.onRound?.(networks.map((network) => network.chainId));
    } catch (thrown) {
      settings.onRound?.(null);
      ctx.logger.error({ err: thrown }, "watcher.round.failed");
    }
    await delay(pace.lookEveryMs, undefined, { signal }).catch(() => {});
  }
  for (const follower of followers.values()) follower.stop.abort();
  await Promise.all([...followers.values()].map((follower) => follower.done));
}

/** Starts what is new, stops what is gone, and starts again what changed or ended. */
function reconcile(
  followers: Map<string, Follower>,
  networks: readonly ChainNetwork[],
  start: (network: ChainNetwork, stop: AbortSignal) => Promise<void>,
): void {
  const wanted = new Map(networks.map((network) => [network.networkId, network]));
  for (const [networkId, follower] of followers) {
    const network = wanted.get(networkId);
    if (network === undefined || JSON.stringify(network) !== follower.description) follower.stop.abort();
  }
  for (const network of networks) {
    // One that is stopping still holds the lock; the next round starts its successor.
    if (followers.has(network.networkId)) continue;
    const stop = new AbortController();
    const done = start(network, stop.signal).finally(() => followers.delete(network.networkId));
    followers.set(network.networkId, { description: JSON.stringify(network), stop, done });
  }
}

async function followWhileLocked(
  settings: { readonly ctx: ServiceCtx<Ports>; readonly databaseUrl: string; readonly signal: AbortSignal },
  network: ChainNetwork,
  stop: AbortSignal,
  pace: WatcherPace,
): Promise<void> {
  const { ctx } = settings;
  const facts = { networkId: network.networkId, chainId: network.chainId };
  try {
    const lock = await takeAdvisoryLock(settings.databaseUrl, {
      name: `watcher:${network.networkId}`,
      applicationName: "omniphi-watcher-lock",
    });
    if (lock === undefined) return;
    ctx.logger.info(facts, "watcher.network.followed");
    try {
      await followNetwork(ctx, network, AbortSignal.any([settings.signal, stop, lock.lost]), pace);
    } finally {
      await lock.release();
      ctx.logger.info(facts, "watcher.network.left");
    }
  } catch (thrown) {
    ctx.logger.error({ ...facts, err: thrown }, "watcher.network.failed");
  }
}
