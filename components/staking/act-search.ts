import { startOfStep } from "@/lib/start-of-step";
import { ACT_KINDS, ACT_STATUSES } from "@/server/domains/staking/constants";

const PAGE_ROWS = 50;
const HASH = /^(0x)?[0-9a-fA-F]{64}$/;
const HOUR_MS = 3_600_000;
const PERIODS_MS = { "24h": 24 * HOUR_MS, "7d": 7 * 24 * HOUR_MS, "30d": 30 * 24 * HOUR_MS } as const;
/** Coarse, so that the same address asks the same for a while. */
const STEP_MS = 10 * 60_000;

const oneOf = <Value extends string>(values: readonly Value[], text: string | null): Value | undefined =>
  values.find((value) => value === text);

/** What was typed as a hash, where it is none: it filters nothing, and the page says so. */
export function brokenHash(search: URLSearchParams): string | undefined {
  const typed = search.get("txHash")?.trim();
  return typed && !HASH.test(typed) ? typed : undefined;
}

/** What the address filters the list by. */
function actFilters(search: URLSearchParams, nowMs: number) {
  const kind = oneOf(ACT_KINDS, search.get("kind"));
  const status = oneOf(ACT_STATUSES, search.get("status"));
  const period = oneOf(Object.keys(PERIODS_MS) as (keyof typeof PERIODS_MS)[], search.get("since"));
  const txHash = search.get("txHash")?.trim() ?? "";
  const networkId = search.get("networkId");
  const signerAddress = search.get("signerAddress");
  const sinceMs = period && startOfStep(nowMs, STEP_MS) - PERIODS_MS[period];
  return {
    ...(kind ? { kind } : {}),
    ...(status ? { status } : {}),
    ...(HASH.test(txHash) ? { txHash } : {}),
    ...(networkId ? { networkId } : {}),
    ...(signerAddress ? { signerAddress } : {}),
    ...(sinceMs === undefined ? {} : { since: new Date(sinceMs).toISOString() }),
  };
}

/** What the address asks of the list. Server and browser read it alike. */
export function actInput(search: URLSearchParams, nowMs: number) {
  const cursor = search.get("cursor");
  return { limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }), ...actFilters(search, nowMs) };
}

/** Address of the file that has every row of what the list is filtered to. */
export function actExportHref(organization: string, search: URLSearchParams, nowMs: number): string {
  return `/api/v1/staking/acts-export?${new URLSearchParams({ organization, ...actFilters(search, nowMs) })}`;
}
