import { consensusAddressHexOf } from "@/lib/chain/key-address";
import type { NodeRow, VolumeRow } from "../nodes/repository";
import type { NodeView } from "../nodes/schemas";
import type { FirstSigned } from "../schemas";
import { type StandingFacts, standingOf } from "../standing";
import { canCancel, canRetry, isGivenUp, waitsUnsignedUntil } from "../states";
import type { EventRow } from "../story/repository";
import type { ProvisioningEventView } from "../story/schemas";
import type { SetupRow } from "./repository";
import type { SetupRequestView } from "./schemas";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const text = (value: bigint | null): string | null => value?.toString() ?? null;

/** The first block that its validator signed; null before. */
export const toFirstSigned = (row: SetupRow): FirstSigned | null =>
  row.firstSignedHeight === null || row.firstSignedAt === null || row.firstSignedHash === null
    ? null
    : {
        heightBlocks: row.firstSignedHeight.toString(),
        at: row.firstSignedAt.toISOString(),
        hash: row.firstSignedHash,
      };

/**
 * A request's row as callers see it; `node` tells which runtime it came to, `seen` what was recorded of its chain, which one without a validator
 * does not need.
 */
export function toSetupView(
  row: SetupRow,
  node: NodeRow | undefined,
  seen: {
    readonly chain: StandingFacts["chain"];
    readonly now: Date;
    /** The node on a machine of its owner, as that machine reports it. */
    readonly own?: StandingFacts["node"];
  },
): SetupRequestView {
  return {
    id: row.id,
    status: row.status,
    standing: standingOf({ setup: row, node: node ?? seen.own ?? null, chain: seen.chain }, seen.now),
    statusMessage: row.statusMessage,
    walletAddress: row.walletAddress,
    operatorAddress: row.operatorAddress,
    networkId: row.networkId,
    validatorName: row.validatorName,
    identity: row.identity,
    website: row.website,
    securityContact: row.securityContact,
    description: row.description,
    runMode: row.runMode,
    runtime: node?.hostKind ?? row.requestedRuntime,
    regionCode: row.regionCode,
    tierCode: row.tierCode,
    commissionRate: row.commissionRate,
    commissionMaxRate: row.commissionMaxRate,
    commissionMaxChangeRate: row.commissionMaxChangeRate,
    minSelfDelegation: row.minSelfDelegation.toString(),
    selfDelegation: row.selfDelegation.toString(),
    consensusPubkey: row.consensusPubkey,
    consensusAddress: row.consensusPubkey === null ? null : consensusAddressHexOf(row.consensusPubkey),
    progressPercent: row.progressPercent,
    currentStep: row.currentStep,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    chainTxHash: row.chainTxHash,
    chainTxHeight: text(row.chainTxHeight),
    firstSigned: toFirstSigned(row),
    publishedAt: iso(row.publishedAt),
    retryCount: row.retryCount,
    canRetry: canRetry(row),
    isCleaningUp: isGivenUp(row.status) && row.releasedAt === null,
    canCancel: canCancel(row.status),
    waitsUnsignedUntil: iso(waitsUnsignedUntil(row)),
    generation: row.generation,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A node's row as its owner sees it; what was never measured is null. */
export function toNodeView(row: NodeRow, volume: VolumeRow | undefined): NodeView {
  return {
    id: row.id,
    status: row.status,
    statusMessage: row.statusMessage,
    runtime: row.hostKind,
    desiredState: row.desiredState,
    operation: row.operation,
    operationStep: row.operationStep,
    rpcEndpoint: row.rpcUrl,
    p2pEndpoint: row.p2pNodeId && row.p2pAddress ? `${row.p2pNodeId}@${row.p2pAddress}` : null,
    logsUrl: `/api/v1/validators/nodes/${row.id}/logs`,
    p2pNodeId: row.p2pNodeId,
    lastBlockHeight: text(row.lastBlockHeight),
    lagBlocks: row.lagBlocks,
    isCatchingUp: row.isCatchingUp,
    peerCount: row.peerCount,
    nodeVersion: row.nodeVersion,
    binaryVersion: row.binaryVersion,
    restartCount: row.restartCount,
    cpuPercent: row.cpuPercent,
    memoryUsedBytes: row.memoryUsedBytes,
    volumeUsedBytes: row.volumeUsedBytes,
    watermarkHeight: text(volume?.watermarkHeight ?? null),
    lastSeenAt: iso(row.lastSeenAt),
    lastCheckError: row.lastCheckError,
    startedAt: iso(row.startedAt),
    heldAt: iso(row.heldAt),
    heldReason: row.heldReason,
  };
}

export const toEventView = (row: EventRow): ProvisioningEventView => ({
  sequence: row.sequence,
  type: row.eventType,
  step: row.step,
  message: row.message,
  details: { ...row.details },
  at: row.at.toISOString(),
});
