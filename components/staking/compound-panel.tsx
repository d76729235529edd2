"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failedRead } from "@/components/data/failed-read";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { AmountText } from "@/components/figures/amount-text";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { EmptyState } from "@/components/state/empty-state";
import type { State } from "@/components/state/state";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { formatInstant } from "@/lib/format/format-instant";
import type { CompoundRunStatus, CompoundStatus } from "@/server/domains/staking/constants";
import { CompoundDialog } from "./compound-dialog";
import { denomOf, type StakingNetwork } from "./staking-network";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";

const REFETCH_MS = 15_000;
const STATUS: Record<CompoundStatus, { readonly state: State; readonly word: string }> = {
  active: { state: "ok", word: "Compounding" },
  paused: { state: "off", word: "Paused" },
  ended: { state: "attention", word: "Ended" },
};
const RUN: Record<CompoundRunStatus, { readonly state: State; readonly word: string }> = {
  sent: { state: "moving", word: "On its way" },
  done: { state: "ok", word: "Staked" },
  failed: { state: "danger", word: "Failed" },
  expired: { state: "attention", word: "Expired" },
};

type CompoundPanelProps = {
  position: ShownPosition;
  network: StakingNetwork;
  signing: ReturnType<typeof useActSigning>;
  canAct: boolean;
};

/** Compounding of one wallet by a permission on the chain: what is granted and left, until when, and what came of it. */
export function CompoundPanel({ position, network, signing, canAct }: CompoundPanelProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const read = useQuery(
    trpc.staking.getWalletCompound.queryOptions(
      { networkId: network.id, address: position.address },
      { refetchInterval: REFETCH_MS },
    ),
  );
  const onSuccess = () => queryClient.invalidateQueries();
  const pause = useMutation(trpc.staking.pauseCompound.mutationOptions({ onSuccess }));
  const resume = useMutation(trpc.staking.resumeCompound.mutationOptions({ onSuccess }));
  const denom = denomOf(network);
  const shown = read.data;
  if (shown === undefined) {
    return read.error ? (
      <Panel title="Compounding" flush>
        <UpstreamDown {...failedRead(read.error, network.displayName)} fills onRetry={() => void read.refetch()} />
      </Panel>
    ) : (
      <Skeleton className="h-40" />
    );
  }
  const { compound, grant, runs } = shown;
  const mayGrant = canAct && shown.isOffered && position.delegations.length > 0;
  const refused = pause.error ?? resume.error;
  const dialog = isAsking ? (
    <CompoundDialog position={position} network={network} signing={signing} onClose={() => setAsking(false)} />
  ) : null;
  if (compound === null && grant === null) {
    return (
      <Panel title="Compounding" flush>
        <EmptyState
          title={shown.isOffered ? "Rewards are not compounded" : "Rewards cannot be compounded here"}
          action={mayGrant ? <Button onClick={() => setAsking(true)}>Compound rewards</Button> : undefined}
        >
          {shown.isOffered
            ? "A permission that you sign once, with limits of yours, has rewards staked again by themselves. You can take it back at any time."
            : "This network has no module for such permissions."}
        </EmptyState>
        {dialog}
      </Panel>
    );
  }
  const moniker = position.delegations.find((one) => one.operatorAddress === compound?.operatorAddress)?.moniker;
  const none = "none on the chain";
  return (
    <Panel title="Compounding" flush>
      {compound ? (
        <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3 text-sm">
          <StateBadge {...STATUS[compound.status]} />
          <span className="min-w-0 flex-1 text-pretty">
            {compound.statusSentence ??
              (compound.status === "paused"
                ? "Nothing is staked until it is taken up again; the permission stays on the chain."
                : (compound.waitsFor ?? "What is earned is staked again."))}
          </span>
        </p>
      ) : (
        <p role="status" className="border-b px-4 py-3 text-sm">
          The chain holds a permission of this wallet that nothing here uses. Revoke it, or grant it anew.
        </p>
      )}
      <FactList
        facts={[
          {
            label: "Validator",
            value: compound ? (
              <>
                {moniker ? <span className="mr-2">{moniker}</span> : null}
                <AddressText value={compound.operatorAddress} kind="operator address" />
              </>
            ) : (
              <UnknownText reason="No wish of this organisation goes with the permission." />
            ),
          },
          {
            label: "May still be staked",
            value: grant?.stakeLeftBaseUnits ? (
              <AmountText amountBaseUnits={grant.stakeLeftBaseUnits} denom={denom} />
            ) : (
              none
            ),
          },
          {
            label: "Fees it may still spend",
            value: grant?.feesLeftBaseUnits ? (
              <AmountText amountBaseUnits={grant.feesLeftBaseUnits} denom={denom} />
            ) : (
              none
            ),
          },
          { label: "Until", value: grant?.expiresAt ? formatInstant(Date.parse(grant.expiresAt), "UTC") : none },
          {
            label: "Last look",
            value: compound?.lookedAt ? <AgeText at={compound.lookedAt} /> : "not looked at yet",
          },
          ...(compound
            ? [{ label: "Granted to", value: <AddressText value={compound.granteeAddress} kind="account" /> }]
            : []),
        ]}
      />
      {runs.length > 0 ? (
        <ul aria-label="Last compoundings" className="divide-y border-t text-sm">
          {runs.map((run) => (
            <li key={run.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
              <StateBadge {...RUN[run.status]} />
              <AmountText amountBaseUnits={run.amountBaseUnits} denom={denom} />
              <span className="text-ink-muted">
                fee <AmountText amountBaseUnits={run.feeBaseUnits} denom={denom} />
              </span>
              <AddressText value={run.txHash} kind="transaction hash" />
              <span className="ml-auto text-ink-muted">
                <AgeText at={run.createdAt} />
              </span>
              {run.reason ? <span className="basis-full text-xs text-ink-muted">{run.reason}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {refused ? (
        <p role="alert" className="border-t px-4 py-3 text-sm text-danger-text">
          {shownError(refused).message}
        </p>
      ) : null}
      {canAct ? (
        <div className="flex flex-wrap gap-2 border-t px-4 py-3">
          {compound?.status === "active" ? (
            <Button busy={pause.isPending} onClick={() => pause.mutate({ compoundId: compound.id })}>
              Pause
            </Button>
          ) : null}
          {compound?.status === "paused" ? (
            <Button busy={resume.isPending} onClick={() => resume.mutate({ compoundId: compound.id })}>
              Go on
            </Button>
          ) : null}
          {mayGrant ? <Button onClick={() => setAsking(true)}>Grant anew</Button> : null}
          {grant ? (
            <Button busy={signing.isPreparing} onClick={() => signing.begin({ kind: "revoke_compound" })}>
              Revoke permission
            </Button>
          ) : null}
        </div>
      ) : null}
      {dialog}
    </Panel>
  );
}
