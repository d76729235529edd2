import { setTimeout as delay } from "node:timers/promises";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork, ChainReadOptions } from "@/server/ports/chain-node";
import { EndpointFailure, secondSourceMissing, sourcesDisagree } from "./chain-errors";
import type { Endpoint, EndpointKind } from "./endpoint-health";
import type { EndpointCall, EndpointPool } from "./endpoint-pool";
import type { Freshness, ReadCache } from "./read-cache";
import type { RestAnswer } from "./rest-api";

/** One question to one endpoint, at a stated height or now. */
export type Question<Out> = (
  endpoint: Endpoint,
  limits: Parameters<EndpointCall<unknown>>[1],
  atHeightBlocks: bigint | undefined,
) => Promise<RestAnswer<Out>>;

/** A second source that is a block behind gets this long to catch up. */
const SECOND_SOURCE_WAIT_MS = 8_000;
const SECOND_SOURCE_POLL_MS = 250;

/** Asks a pool with cache, staleness and the second opinion; what is asked is the caller's. */
export class ChainReader {
  readonly network: ChainNetwork;
  readonly #pool: EndpointPool;
  readonly #cache: ReadCache;
  readonly #nowMs: () => number;

  constructor(pool: EndpointPool, cache: ReadCache, nowMs: () => number) {
    this.network = pool.network;
    this.#pool = pool;
    this.#cache = cache;
    this.#nowMs = nowMs;
  }

  async read<Out>(
    kind: EndpointKind,
    key: string,
    freshness: Freshness,
    options: ChainReadOptions,
    question: Question<Out>,
  ): Promise<Out> {
    if (options.twoSources === true) return this.#readTwice(kind, key, freshness, options, question);
    const kept = this.#cache.get(key, freshness, this.#pool.tip(), options.maxAgeMs);
    // The key names question and shape; only this method writes it.
    if (kept !== undefined) return kept.value as Out;
    const { out } = await this.#pool.ask(kind, options, (endpoint, limits) =>
      this.#askNow(endpoint, limits, freshness, question),
    );
    if (options.maxAgeMs !== 0) this.#cache.set(key, out.out, this.#pool.tip());
    return out.out;
  }

  async #askNow<Out>(
    endpoint: Endpoint,
    limits: Parameters<EndpointCall<unknown>>[1],
    freshness: Freshness,
    question: Question<Out>,
  ): Promise<RestAnswer<Out>> {
    const answer = await question(endpoint, limits, undefined);
    if (answer.heightBlocks !== null && freshness !== "final") {
      endpoint.sawHeight(answer.heightBlocks);
      if (this.#pool.isStale(answer.heightBlocks)) {
        throw new EndpointFailure("behind", `It is at block ${answer.heightBlocks}, behind the others.`);
      }
    }
    return answer;
  }

  /** The first endpoint answers with its height; the second must say the same of that very height. */
  async #readTwice<Out>(
    kind: EndpointKind,
    key: string,
    freshness: Freshness,
    options: ChainReadOptions,
    question: Question<Out>,
  ): Promise<Out> {
    const first = await this.#pool.ask(kind, options, (endpoint, limits) =>
      this.#askNow(endpoint, limits, freshness, question),
    );
    const height = first.out.heightBlocks ?? undefined;
    const giveUpAtMs = this.#nowMs() + Math.min(options.deadlineMs ?? SECOND_SOURCE_WAIT_MS, SECOND_SOURCE_WAIT_MS);
    for (;;) {
      try {
        const second = await this.#pool.ask(
          kind,
          options,
          (endpoint, limits) => question(endpoint, limits, height),
          new Set([first.url]),
        );
        if (stableText(second.out.out) === stableText(first.out.out)) return first.out.out;
        throw sourcesDisagree(this.network.chainId, key);
      } catch (thrown) {
        if (!isAppError(thrown) || thrown.code === "chain.sources_disagree") throw thrown;
        // The SDK refuses a height in the future as a bad argument, CometBFT does not know the block yet.
        const isBehind = thrown.code === "chain.bad_request" || thrown.code === "chain.block_not_found";
        if (thrown.kind === "not_found" && !isBehind) throw sourcesDisagree(this.network.chainId, key);
        if (!isBehind || this.#nowMs() >= giveUpAtMs) throw secondSourceMissing(this.network.chainId);
        await delay(SECOND_SOURCE_POLL_MS, undefined, { signal: options.signal });
      }
    }
  }
}

/** Text that is equal exactly when two plain answers are. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner));
}
