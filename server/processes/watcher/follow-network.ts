import { setTimeout as delay } from "node:timers/promises";
import { quarantineEndpoint, recordEndpointHealth } from "@/server/domains/chain";
import type { ServiceCtx } from "@/server/kernel/context";
import { toAppError } from "@/server/kernel/errors";
import { recordHeartbeat } from "@/server/kernel/heartbeats";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { catchUp } from "./catch-up";
import { followHealth, isUnreachable } from "./follow-health";
import { type Follow, type FollowMemory, newFollowMemory } from "./follow-memory";
import { readFacts } from "./read-facts";

export type FollowPace = {
  /** Sign of life and endpoint health. */
  readonly beatEveryMs: number;
  /** Params, plan and validators; a change of the set is read at once. */
  readonly factsEveryMs: number;
};
export const FOLLOW_PACE: FollowPace = { beatEveryMs: 5_000, factsEveryMs: 5_000 };

/**
 * Follows one network until the signal: records every final block without a hole, its facts, its endpoints' health and a sign of life. Failures
 * of the chain are waited out; failures of the database end it with the error, since nothing can be kept then.
 */
export async function followNetwork(
  ctx: ServiceCtx<Ports>,
  network: ChainNetwork,
  signal: AbortSignal,
  pace: FollowPace = FOLLOW_PACE,
): Promise<void> {
  const stop = new AbortController();
  const running = AbortSignal.any([signal, stop.signal]);
  const node = ctx.ports.chains.forNetwork(network);
  const follow: Follow = { ctx, node, networkId: network.networkId, signal: running };
  const memory = newFollowMemory();
  const tasks = [
    followBlocks(follow, memory),
    followFacts(follow, memory, pace),
    beat(follow, memory, network.chainId, pace),
  ];
  try {
    await Promise.all(tasks);
  } finally {
    stop.abort();
    await Promise.allSettled(tasks);
  }
}

async function followBlocks(follow: Follow, memory: FollowMemory): Promise<void> {
  for await (const notice of follow.node.subscribeBlocks({ signal: follow.signal })) {
    memory.tipHeightBlocks = notice.heightBlocks;
    memory.via = notice.via;
    memory.trouble = await troubleOf(follow, "chain.blocks.not_recorded", () =>
      catchUp(follow, memory, notice.heightBlocks),
    );
  }
}

async function followFacts(follow: Follow, memory: FollowMemory, pace: FollowPace): Promise<void> {
  let readAtMs = Number.NEGATIVE_INFINITY;
  while (!follow.signal.aborted) {
    if (memory.isFactsDue || performance.now() - readAtMs >= pace.factsEveryMs) {
      memory.isFactsDue = false;
      readAtMs = performance.now();
      memory.factsTrouble =
        (await troubleOf(follow, "chain.facts.not_read", () => readFacts(follow, memory)))?.reason ?? null;
    }
    await rest(FACTS_POLL_MS, follow.signal);
  }
}

/** How soon a change of the set is noticed. */
const FACTS_POLL_MS = 200;

async function beat(follow: Follow, memory: FollowMemory, chainId: string, pace: FollowPace): Promise<void> {
  const reported = new Set<string>();
  while (!follow.signal.aborted) {
    const lastTip = memory.tipHeightBlocks;
    await keepEndpointHealth(follow, reported);
    await recordHeartbeat(follow.ctx.db, followHealth(chainId, memory, performance.now()));
    await rest(pace.beatEveryMs, follow.signal);
    // No news: either the chain stands still or it cannot be asked, and only asking tells which.
    if (memory.tipHeightBlocks === lastTip && !follow.signal.aborted) await probe(follow, memory);
  }
}

async function probe(follow: Follow, memory: FollowMemory): Promise<void> {
  const trouble = await troubleOf(follow, "chain.status.not_read", () =>
    follow.node.status({ signal: follow.signal, maxAgeMs: 0 }),
  );
  if (trouble !== null || isUnreachable(memory.trouble)) memory.trouble = trouble;
}

async function keepEndpointHealth(follow: Follow, reported: Set<string>): Promise<void> {
  const endpoints = follow.node.endpointHealth();
  await recordEndpointHealth(follow.ctx, { networkId: follow.networkId, endpoints: [...endpoints] });
  for (const { state, kind, url, reason } of endpoints) {
    const key = `${kind} ${url}`;
    if (state !== "quarantined" || reported.has(key)) continue;
    reported.add(key);
    await quarantineEndpoint(follow.ctx, {
      networkId: follow.networkId,
      kind,
      url,
      reason: reason ?? "It is another chain's.",
    });
  }
}

/** What went wrong at the chain, logged; null when nothing did. What is no failure of the chain is thrown on. */
async function troubleOf(
  follow: Follow,
  event: string,
  work: () => Promise<unknown>,
): Promise<FollowMemory["trouble"]> {
  try {
    await work();
    return null;
  } catch (thrown) {
    if (follow.signal.aborted) return null;
    const error = toAppError(thrown);
    if (error.kind === "internal") throw thrown;
    follow.ctx.logger.warn(
      { networkId: follow.networkId, code: error.code, reason: error.message, ...error.details },
      event,
    );
    return { code: error.code, reason: error.message };
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
