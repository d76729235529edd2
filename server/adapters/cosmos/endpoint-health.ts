import type { ChainEndpointHealth, ChainNetwork } from "@/server/ports/chain-node";
import type { EndpointFailure } from "./chain-errors";

export type EndpointKind = ChainEndpointHealth["kind"];

/** How fast latency follows new measurements: the newest counts for three tenths. */
const LATENCY_WEIGHT = 0.3;
/** A failing endpoint is asked last until this has passed since its last failure, doubled per failure in a row. */
const RETRY_AFTER_MS = 2_000;
const MAX_RETRY_AFTER_MS = 60_000;

/** One URL of a pool with what is known of it; the order of asking is `compareEndpoints`. */
export class Endpoint {
  state: ChainEndpointHealth["state"] = "unknown";
  reason: string | null = null;
  latencyMs: number | null = null;
  consecutiveFailures = 0;
  checkedAtMs: number | null = null;
  /** When the chain id was last found right; null before. */
  verifiedAtMs: number | null = null;
  /** Block of its newest answer about "now". */
  heightBlocks: bigint | null = null;
  readonly url: string;
  readonly kind: EndpointKind;
  readonly priority: number;
  readonly reach: ChainNetwork["reach"];

  constructor(url: string, kind: EndpointKind, priority: number, reach: ChainNetwork["reach"]) {
    this.url = url.replace(/\/+$/, "");
    this.kind = kind;
    this.priority = priority;
    this.reach = reach;
  }

  succeeded(nowMs: number, latencyMs: number): void {
    this.state = "healthy";
    this.reason = null;
    this.consecutiveFailures = 0;
    this.checkedAtMs = nowMs;
    this.latencyMs =
      this.latencyMs === null ? latencyMs : this.latencyMs * (1 - LATENCY_WEIGHT) + latencyMs * LATENCY_WEIGHT;
  }

  failed(nowMs: number, failure: EndpointFailure): void {
    this.state = "failing";
    this.reason = failure.message;
    this.consecutiveFailures += 1;
    this.checkedAtMs = nowMs;
    // It may come back as something else.
    this.verifiedAtMs = null;
  }

  quarantine(nowMs: number, reason: string): void {
    this.state = "quarantined";
    this.reason = reason;
    this.checkedAtMs = nowMs;
  }

  /** The newest answer counts, also when it is lower: a chain that was made anew must not look old for ever. */
  sawHeight(heightBlocks: bigint): void {
    this.heightBlocks = heightBlocks;
  }

  /** Whether it failed so lately that others come first. */
  isResting(nowMs: number): boolean {
    if (this.state !== "failing" || this.checkedAtMs === null) return false;
    const rest = Math.min(MAX_RETRY_AFTER_MS, RETRY_AFTER_MS * 2 ** Math.min(this.consecutiveFailures - 1, 10));
    return nowMs - this.checkedAtMs < rest;
  }

  toHealth(): ChainEndpointHealth {
    return {
      url: this.url,
      kind: this.kind,
      state: this.state,
      reason: this.reason,
      latencyMs: this.latencyMs === null ? null : Math.round(this.latencyMs),
      consecutiveFailures: this.consecutiveFailures,
      checkedAt: this.checkedAtMs === null ? null : new Date(this.checkedAtMs).toISOString(),
    };
  }
}

/** Latency differences below this are noise, and the given order decides. */
const LATENCY_STEP_MS = 50;

/** Order of asking: rested before resting, healthy before unknown before failing, faster by 50 ms steps, then as given. */
export function compareEndpoints(nowMs: number): (left: Endpoint, right: Endpoint) => number {
  const rank = (endpoint: Endpoint): number =>
    (endpoint.isResting(nowMs) ? 10 : 0) + (endpoint.state === "healthy" ? 0 : endpoint.state === "unknown" ? 1 : 2);
  const pace = (endpoint: Endpoint): number => Math.floor((endpoint.latencyMs ?? 0) / LATENCY_STEP_MS);
  return (left, right) => rank(left) - rank(right) || pace(left) - pace(right) || left.priority - right.priority;
}
