import {
  type AppError,
  type ErrorDetails,
  notFound,
  rateLimited,
  timedOut,
  upstreamRejected,
  upstreamUnavailable,
} from "@/server/kernel/errors";

/** One endpoint did not serve: the next is tried. `reason` is one sentence for the endpoint's health row. */
export class EndpointFailure extends Error {
  readonly cause_: "unreachable" | "timeout" | "bad_answer" | "rate_limited" | "behind" | "unverified";

  constructor(cause_: EndpointFailure["cause_"], reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = "EndpointFailure";
    this.cause_ = cause_;
  }
}

/** One endpoint does not hold the block; others may, so this says nothing of its health. */
export class BlockNotHeld extends Error {
  readonly heightBlocks: bigint;
  readonly earliestHeightBlocks: bigint;
  readonly latestHeightBlocks: bigint;

  constructor(heightBlocks: bigint, range: { readonly earliest: bigint; readonly latest: bigint }) {
    super(`It holds blocks ${range.earliest} to ${range.latest} only.`);
    this.name = "BlockNotHeld";
    this.heightBlocks = heightBlocks;
    this.earliestHeightBlocks = range.earliest;
    this.latestHeightBlocks = range.latest;
  }
}

/** One endpoint keeps no index of transactions, or no results of blocks; others may, and it is healthy all the same. */
export class NotKept extends Error {
  readonly what: "index" | "results";

  constructor(what: NotKept["what"]) {
    super(what === "index" ? "It keeps no index of transactions." : "It keeps no results of its blocks.");
    this.name = "NotKept";
    this.what = what;
  }
}

/** 502: no endpoint that answers keeps it. */
export const nothingKept = (chainId: string, { what }: NotKept): AppError =>
  what === "index"
    ? upstreamRejected(
        "chain.index_not_kept",
        `No endpoint of ${chainId} that answers keeps an index of transactions, so the blocks themselves are read.`,
        { details: { chainId } },
      )
    : upstreamRejected("chain.results_not_kept", `No endpoint of ${chainId} that answers keeps what blocks came to.`, {
        details: { chainId },
      });

/** 404: every endpoint says that it does not hold the block; the details tell the widest range that any of them does. */
export function blockNotFound(told: readonly [BlockNotHeld, ...BlockNotHeld[]]): AppError {
  const [first] = told;
  let { earliestHeightBlocks, latestHeightBlocks } = first;
  for (const one of told) {
    if (one.earliestHeightBlocks < earliestHeightBlocks) earliestHeightBlocks = one.earliestHeightBlocks;
    if (one.latestHeightBlocks > latestHeightBlocks) latestHeightBlocks = one.latestHeightBlocks;
  }
  return chainThingNotFound("block", "block", {
    heightBlocks: first.heightBlocks.toString(),
    earliestHeightBlocks: earliestHeightBlocks.toString(),
    latestHeightBlocks: latestHeightBlocks.toString(),
  });
}

/** 404: the chain answers that there is no such thing. */
export const chainThingNotFound = (thing: string, words: string, details: ErrorDetails = {}): AppError =>
  notFound(`chain.${thing}_not_found`, `The chain knows no such ${words}.`, { details });

/** What the caller is told when no endpoint served, by what the last of them did. */
export function poolFailure(chainId: string, failures: readonly EndpointFailure[], isMismatchOnly: boolean): AppError {
  const details = { chainId };
  if (isMismatchOnly) {
    return upstreamUnavailable(
      "chain.id_mismatch",
      `Every endpoint of ${chainId} that answers belongs to another chain, so none is used. Correct the endpoints of this network.`,
      { details },
    );
  }
  const last = failures.at(-1);
  const cause = last === undefined ? {} : { cause: last };
  switch (last?.cause_) {
    case "timeout":
      return timedOut("chain.rpc_timeout", `No endpoint of ${chainId} answered in time. It is tried again.`, {
        details,
        ...cause,
      });
    case "rate_limited":
      return rateLimited("chain.rate_limited", `The endpoints of ${chainId} ask for fewer requests. Wait a moment.`, {
        details,
        retryAfterSeconds: 5,
        ...cause,
      });
    case "bad_answer":
      return upstreamRejected(
        "chain.bad_answer",
        `The endpoints of ${chainId} answered in a form that cannot be trusted. Check them, or add another endpoint.`,
        { details: { ...details, reason: last.message }, ...cause },
      );
    case "behind":
      return upstreamUnavailable(
        "chain.stale_height",
        `The endpoints of ${chainId} that answer are behind the chain. Wait until they have caught up.`,
        { details, ...cause },
      );
    default:
      return upstreamUnavailable(
        "chain.unavailable",
        `No endpoint of ${chainId} can be reached. What is shown may be old; it is tried again.`,
        { details, ...cause },
      );
  }
}

/** 502: two endpoints told different things about the same height. */
export const sourcesDisagree = (chainId: string, what: string): AppError =>
  upstreamRejected(
    "chain.sources_disagree",
    `Two endpoints of ${chainId} disagree, so neither is believed. Check the endpoints of this network.`,
    { details: { chainId, what } },
  );

/** 503: a second opinion was asked for and there is none. */
export const secondSourceMissing = (chainId: string): AppError =>
  upstreamUnavailable(
    "chain.second_source_missing",
    `Only one endpoint of ${chainId} answers, and this needs two that agree. Add another endpoint.`,
    { details: { chainId } },
  );
