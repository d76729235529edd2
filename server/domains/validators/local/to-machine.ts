import { AGENT_OFFLINE_AFTER_SECONDS } from "@/lib/contracts/agent/version";
import type { StandingFacts } from "../standing";
import type { MachineRow } from "./repository";
import type { LocalMachine } from "./schemas";

/** By network, so that a machine that was moved to another chain is told. */
type ChainIds = ReadonlyMap<string, string>;

/** Three reports that did not come: what is shown is old, though the machine may be well. */
const STALE_AFTER_SECONDS = 90;

const ageSecondsOf = (row: MachineRow, now: Date): number => (now.getTime() - row.lastSeenAt.getTime()) / 1_000;
const isOffline = (row: MachineRow, now: Date): boolean => ageSecondsOf(row, now) >= AGENT_OFFLINE_AFTER_SECONDS;

const presenceOf = (ageSeconds: number): LocalMachine["presence"] =>
  ageSeconds >= AGENT_OFFLINE_AFTER_SECONDS ? "offline" : ageSeconds >= STALE_AFTER_SECONDS ? "stale" : "online";

/** Whether the node said that it follows another chain than the machine's network is; an agent that tells none is taken at its word. */
export function isOnOtherChain(row: Pick<MachineRow, "chainId" | "networkId">, chainIds: ChainIds): boolean {
  const wanted = chainIds.get(row.networkId);
  return row.chainId !== null && wanted !== undefined && row.chainId !== wanted;
}

/** Why the person should look at the machine, in the order of weight; the words are the screen's. */
function warningsOf(row: MachineRow, chainIds: ChainIds): LocalMachine["warnings"] {
  return [
    ...(row.conflictAt === null ? [] : (["duplicate_signer"] as const)),
    ...(isOnOtherChain(row, chainIds) ? (["other_chain"] as const) : []),
    ...(row.isOnBattery === true ? (["on_battery"] as const) : []),
    ...(row.maySleep === true ? (["may_sleep"] as const) : []),
    ...(row.diskPercent !== null && row.diskPercent >= 90 ? (["disk_nearly_full"] as const) : []),
  ];
}

/** A machine's newest report as its owner sees it; what it does not tell is null. */
export function toMachine(row: MachineRow, now: Date, chainIds: ChainIds): LocalMachine {
  const presence = presenceOf(ageSecondsOf(row, now));
  const isOnline = presence !== "offline";
  return {
    id: row.agentId,
    walletAddress: row.walletAddress,
    networkId: row.networkId,
    consensusPubkey: row.consensusPubkey,
    setupRequestId: row.setupRequestId,
    machineId: row.machineId,
    machineName: row.machineName,
    presence,
    isOnline,
    isHealthy:
      isOnline &&
      row.isCatchingUp === false &&
      (row.peerCount ?? 0) > 0 &&
      row.conflictAt === null &&
      !isOnOtherChain(row, chainIds),
    warnings: warningsOf(row, chainIds),
    blockHeight: Number(row.blockHeight),
    isSynced: row.isCatchingUp === null ? null : !row.isCatchingUp,
    catchingUp: row.isCatchingUp,
    peerCount: row.peerCount,
    uptimeSeconds: row.uptimeSeconds,
    cpuPercent: row.cpuPercent,
    memoryPercent: row.memoryPercent,
    diskPercent: row.diskPercent,
    localRpcPort: row.localRpcPort,
    localP2pPort: row.localP2pPort,
    localGrpcPort: row.localGrpcPort,
    chainId: row.chainId,
    nodeVersion: row.nodeVersion,
    binaryVersion: row.binaryVersion,
    agentVersion: row.agentVersion,
    osType: row.osType,
    osVersion: row.osVersion,
    lastSignState:
      row.signHeight === null
        ? null
        : { height: row.signHeight.toString(), round: row.signRound ?? 0, step: row.signStep ?? 0 },
    duplicateSigner:
      row.conflictAt === null
        ? null
        : { at: row.conflictAt.toISOString(), with: row.conflictWith ?? "another machine" },
    firstSeen: row.firstSeenAt.toISOString(),
    lastSeen: row.lastSeenAt.toISOString(),
  };
}

/** The machine's node as a standing is made from it: one on another chain signs nothing here, however well it is there. A report counts until the machine is offline: it comes less often than we look at our own nodes. */
export const asNode = (row: MachineRow, now: Date, chainIds: ChainIds): NonNullable<StandingFacts["node"]> => ({
  status: isOnOtherChain(row, chainIds)
    ? "error"
    : row.isCatchingUp === null
      ? "running"
      : row.isCatchingUp
        ? "syncing"
        : "synced",
  operation: null,
  lastSeenAt: isOffline(row, now) ? row.lastSeenAt : now,
});
