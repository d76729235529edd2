import type { Executor } from "@/db/client";
import { AGENT_OFFLINE_AFTER_SECONDS } from "@/lib/contracts/agent/version";
import { UNKNOWN_VERSION } from "../constants";
import { countMachineVersions, countNodeVersions } from "./repository";

export type VersionCount = { readonly networkId: string; readonly version: string; readonly nodes: number };

/** How many nodes run each version of the program, by network: ours, and those on machines that report. */
export async function countVersions(db: Executor, now: Date): Promise<readonly VersionCount[]> {
  const since = new Date(now.getTime() - AGENT_OFFLINE_AFTER_SECONDS * 1_000);
  const counted = new Map<string, VersionCount>();
  for (const { networkId, version, nodes } of [
    ...(await countNodeVersions(db)),
    ...(await countMachineVersions(db, since)),
  ]) {
    const named = version === "" ? UNKNOWN_VERSION : version;
    const key = `${networkId} ${named}`;
    counted.set(key, { networkId, version: named, nodes: (counted.get(key)?.nodes ?? 0) + nodes });
  }
  return [...counted.values()];
}
