import { isAppError, upstreamUnavailable } from "@/server/kernel/errors";
import type { CallOptions } from "@/server/ports/call-options";
import type { ChainEndpointHealth, ChainNetwork } from "@/server/ports/chain-node";
import { BlockNotHeld, blockNotFound, EndpointFailure, NotKept, nothingKept, poolFailure } from "./chain-errors";
import { compareEndpoints, Endpoint, type EndpointKind } from "./endpoint-health";
import { ENDPOINT_TIMEOUT_MS } from "./fetch-json";

/** An endpoint's chain id is asked again after this. */
const VERIFY_EVERY_MS = 300_000;
/** All endpoints of a kind are looked at this often, so that one that stands still is not believed for want of a second voice. */
const SURVEY_EVERY_MS = 15_000;
const SURVEY_TIMEOUT_MS = 2_000;
/** Further behind the others than this, an endpoint's answers about "now" are not taken. */
export const STALE_AFTER_BLOCKS = 10n;

/** Told once when an endpoint turns out to belong to another chain; the caller raises the alert. */
export type OnQuarantined = (event: {
  readonly networkId: string;
  readonly chainId: string;
  readonly url: string;
  readonly kind: EndpointKind;
  readonly answeredChainId: string;
}) => void;

/** What is asked of one endpoint. */
export type EndpointCall<Out> = (
  endpoint: Endpoint,
  limits: { readonly signal: AbortSignal | undefined; readonly timeoutMs: number },
) => Promise<Out>;

/** The endpoints of one network: asked in order of health, each checked for its chain id before its first answer is used. */
export class EndpointPool {
  readonly network: ChainNetwork;
  readonly #endpoints: readonly Endpoint[];
  readonly #askChainId: EndpointCall<string>;
  readonly #onQuarantined: OnQuarantined;
  readonly #nowMs: () => number;
  readonly #surveyedAtMs: Record<EndpointKind, number | null> = { rpc: null, rest: null };

  constructor(settings: {
    readonly network: ChainNetwork;
    readonly askChainId: EndpointCall<string>;
    readonly onQuarantined: OnQuarantined;
    readonly nowMs: () => number;
  }) {
    const { network } = settings;
    this.network = network;
    this.#endpoints = [
      ...network.rpcUrls.map((url, index) => new Endpoint(url, "rpc", index, network.reach)),
      ...network.restUrls.map((url, index) => new Endpoint(url, "rest", index, network.reach)),
    ];
    this.#askChainId = settings.askChainId;
    this.#onQuarantined = settings.onQuarantined;
    this.#nowMs = settings.nowMs;
  }

  health(): readonly ChainEndpointHealth[] {
    return this.#endpoints.map((endpoint) => endpoint.toHealth());
  }

  /**
   * Height that the pool believes the chain has: with three or more voices the middle one, so that a single liar cannot make the honest look
   * old; the highest otherwise. Null before any answer.
   */
  tip(): bigint | null {
    const heights = this.#endpoints
      .filter((endpoint) => endpoint.state !== "quarantined")
      .flatMap((endpoint) => (endpoint.heightBlocks === null ? [] : [endpoint.heightBlocks]))
      .sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
    if (heights.length === 0) return null;
    return heights[heights.length >= 3 ? Math.floor(heights.length / 2) : heights.length - 1] ?? null;
  }

  /** Whether an answer about "now" that was made at this height is too old to be used. */
  isStale(heightBlocks: bigint): boolean {
    const tip = this.tip();
    return tip !== null && heightBlocks + STALE_AFTER_BLOCKS < tip;
  }

  /** Asks endpoints of that kind, best first, until one serves. @throws AppError as ChainNode states */
  async ask<Out>(
    kind: EndpointKind,
    options: CallOptions,
    call: EndpointCall<Out>,
    skip: ReadonlySet<string> = new Set(),
  ): Promise<{ readonly out: Out; readonly url: string }> {
    await this.#survey(kind);
    const giveUpAtMs = options.deadlineMs === undefined ? undefined : this.#nowMs() + options.deadlineMs;
    const failures: EndpointFailure[] = [];
    const notHeld: BlockNotHeld[] = [];
    let notKept: NotKept | undefined;
    let isMismatchOnly = this.#endpoints.some((endpoint) => endpoint.kind === kind && endpoint.state === "quarantined");
    for (const endpoint of this.#candidates(kind, skip)) {
      const timeoutMs =
        giveUpAtMs === undefined ? ENDPOINT_TIMEOUT_MS : Math.min(ENDPOINT_TIMEOUT_MS, giveUpAtMs - this.#nowMs());
      if (timeoutMs <= 0) {
        failures.push(new EndpointFailure("timeout", "The time for the call was over."));
        isMismatchOnly = false;
        break;
      }
      const limits = { signal: options.signal, timeoutMs };
      try {
        if (!(await this.#verify(endpoint, limits))) {
          isMismatchOnly = isMismatchOnly || failures.length === 0;
          continue;
        }
        const startedAtMs = this.#nowMs();
        const out = await call(endpoint, limits);
        endpoint.succeeded(this.#nowMs(), this.#nowMs() - startedAtMs);
        return { out, url: endpoint.url };
      } catch (thrown) {
        if (options.signal?.aborted === true) throw aborted(this.network.chainId, thrown);
        if (thrown instanceof BlockNotHeld) {
          endpoint.succeeded(this.#nowMs(), endpoint.latencyMs ?? 0);
          notHeld.push(thrown);
          isMismatchOnly = false;
          continue;
        }
        if (thrown instanceof NotKept) {
          endpoint.succeeded(this.#nowMs(), endpoint.latencyMs ?? 0);
          notKept = thrown;
          isMismatchOnly = false;
          continue;
        }
        if (!(thrown instanceof EndpointFailure)) {
          // A refusal is an answer: the endpoint works.
          if (isAppError(thrown)) endpoint.succeeded(this.#nowMs(), endpoint.latencyMs ?? 0);
          throw thrown;
        }
        endpoint.failed(this.#nowMs(), thrown);
        failures.push(thrown);
        isMismatchOnly = false;
      }
    }
    // What one of them does not keep can be found out otherwise; whether the silent ones keep it is theirs to say when they are back.
    if (notKept !== undefined) throw nothingKept(this.network.chainId, notKept);
    const [first, ...others] = notHeld;
    // An endpoint that did not answer may be the one that holds it.
    if (first !== undefined && failures.length === 0) throw blockNotFound([first, ...others]);
    throw poolFailure(this.network.chainId, failures, isMismatchOnly && failures.length === 0);
  }

  /** The best RPC endpoint for a subscription, verified; undefined when none serves. */
  async bestRpcUrl(signal: AbortSignal): Promise<string | undefined> {
    for (const endpoint of this.#candidates("rpc", new Set())) {
      try {
        if (await this.#verify(endpoint, { signal, timeoutMs: ENDPOINT_TIMEOUT_MS })) return endpoint.url;
      } catch (thrown) {
        if (signal.aborted || !(thrown instanceof EndpointFailure)) return undefined;
        endpoint.failed(this.#nowMs(), thrown);
      }
    }
    return undefined;
  }

  /** Hears every endpoint of the kind; the first time before anything is asked, later beside it. Never throws. */
  async #survey(kind: EndpointKind): Promise<void> {
    const nowMs = this.#nowMs();
    const lastMs = this.#surveyedAtMs[kind];
    const heard = this.#candidates(kind, new Set());
    if (heard.length < 2 || (lastMs !== null && nowMs - lastMs < SURVEY_EVERY_MS)) return;
    this.#surveyedAtMs[kind] = nowMs;
    const limits = { signal: undefined, timeoutMs: SURVEY_TIMEOUT_MS };
    const look = Promise.all(
      heard.map(async (endpoint) => {
        try {
          await this.#identify(endpoint, limits);
        } catch (thrown) {
          if (thrown instanceof EndpointFailure) endpoint.failed(this.#nowMs(), thrown);
        }
      }),
    );
    if (lastMs === null) await look;
  }

  #candidates(kind: EndpointKind, skip: ReadonlySet<string>): readonly Endpoint[] {
    return this.#endpoints
      .filter((endpoint) => endpoint.kind === kind && endpoint.state !== "quarantined" && !skip.has(endpoint.url))
      .sort(compareEndpoints(this.#nowMs()));
  }

  /** False when the endpoint is another chain's, and then it is never asked again. */
  async #verify(endpoint: Endpoint, limits: Parameters<EndpointCall<string>>[1]): Promise<boolean> {
    const nowMs = this.#nowMs();
    if (endpoint.verifiedAtMs !== null && nowMs - endpoint.verifiedAtMs < VERIFY_EVERY_MS) return true;
    return this.#identify(endpoint, limits);
  }

  async #identify(endpoint: Endpoint, limits: Parameters<EndpointCall<string>>[1]): Promise<boolean> {
    const answeredChainId = await this.#askChainId(endpoint, limits);
    // Two questions at once may both hear that it is another chain's; it is told once.
    if (endpoint.state === "quarantined") return false;
    if (answeredChainId === this.network.chainId) {
      endpoint.verifiedAtMs = this.#nowMs();
      return true;
    }
    endpoint.quarantine(
      this.#nowMs(),
      `It belongs to the chain "${answeredChainId}", not to "${this.network.chainId}".`,
    );
    const { networkId, chainId } = this.network;
    this.#onQuarantined({ networkId, chainId, url: endpoint.url, kind: endpoint.kind, answeredChainId });
    return false;
  }
}

const aborted = (chainId: string, cause: unknown) =>
  upstreamUnavailable("chain.cancelled", "The request was cancelled before the chain answered.", {
    details: { chainId },
    cause,
  });
