import type { ComponentHealth } from "@/server/kernel/health";
import type { EndpointRow } from "./repository";

/** How a network's endpoints do together, by the last look at each; null while none was ever looked at. */
export function endpointsHealth(
  chainId: string,
  rows: readonly Pick<EndpointRow, "kind" | "state" | "checkedAt">[],
  now: Date,
): ComponentHealth | null {
  const looked = rows.filter(({ state, checkedAt }) => state !== "unknown" && checkedAt !== null);
  const newest = Math.max(...looked.map(({ checkedAt }) => checkedAt?.getTime() ?? 0));
  if (looked.length === 0) return null;
  const answering = looked.filter(({ state }) => state === "healthy");
  const silent = looked.length - answering.length;
  // Without an RPC endpoint no block is read; REST alone reads the modules.
  const hasRpc = answering.some(({ kind }) => kind === "rpc");
  return {
    name: `endpoints:${chainId}`,
    status: silent === 0 ? "ok" : hasRpc ? "degraded" : "down",
    reason: silent === 0 ? null : `${silent} of ${looked.length} do not answer as they should.`,
    ageSeconds: Math.round((now.getTime() - newest) / 1_000),
  };
}
