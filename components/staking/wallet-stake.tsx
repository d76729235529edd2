"use client";

import Link from "next/link";
import { useState } from "react";
import { failedRead } from "@/components/data/failed-read";
import { useLastFailure } from "@/components/data/use-last-failure";
import { useTakesLong } from "@/components/data/use-takes-long";
import { EmptyState } from "@/components/state/empty-state";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { ActRefusal } from "./act-refusal";
import { CompoundPanel } from "./compound-panel";
import { OwnValidatorPanel } from "./own-validator-panel";
import { PositionFigures } from "./position-figures";
import { SilentChain } from "./silent-chain";
import { type StakeAct, StakeDialog } from "./stake-dialog";
import { StakeList } from "./stake-list";
import type { StakingNetwork } from "./staking-network";
import { UnbondingTimeline } from "./unbonding-timeline";
import { useActSigning } from "./use-act-signing";
import { type FirstPosition, usePosition } from "./use-position";

type WalletStakeProps = {
  network: StakingNetwork;
  address: string;
  /** Whether the wallet is the reader's own and their role lets them prepare transactions. */
  canAct: boolean;
  /** The act that the reader came for, e.g. from a validator's public page. */
  wanted?: StakeAct | undefined;
  /** What the server read, of this wallet or another. */
  first?: FirstPosition | undefined;
  /** Whether the server has waited for the chain already, in vain. */
  isLate?: boolean;
};

/** One wallet's stake on one network with all that can be done with it; each act goes through the signing sheet. */
export function WalletStake({ network, address, canAct, wanted, first, isLate = false }: WalletStakeProps) {
  const read = usePosition({ networkId: network.id, address }, first);
  const [asked, setAsked] = useState(canAct ? wanted : undefined);
  const [sentCount, setSentCount] = useState(0);
  const signing = useActSigning({
    network,
    address,
    onSent: () => {
      setAsked(undefined);
      setSentCount((count) => count + 1);
    },
  });
  const position = read.data;
  const lastFailure = useLastFailure(read);
  const failure = lastFailure ? failedRead(lastFailure, network.displayName) : undefined;
  const isSilent = useTakesLong(position === undefined, isLate);
  if (position === undefined) {
    return failure || isSilent ? (
      <SilentChain
        network={network}
        failure={failure}
        onRetry={() => void read.refetch()}
        isRetrying={read.isFetching}
      />
    ) : (
      <div className="grid gap-4">
        <Skeleton className="h-28" />
        <Skeleton className="h-60" />
      </div>
    );
  }
  const earned = BigInt(position.rewardsBaseUnits) + BigInt(position.ownValidator?.commissionBaseUnits ?? "0");
  return (
    <div className="grid gap-4">
      {failure ? <UpstreamDown {...failure} shownAt={position.readAt} onRetry={() => void read.refetch()} /> : null}
      {signing.progress}
      {asked === undefined ? <ActRefusal refusal={signing.refusal} /> : null}
      <PositionFigures position={position} network={network} />
      {position.ownValidator ? (
        <OwnValidatorPanel
          // A form whose act was sent closes with it.
          key={sentCount}
          position={position}
          own={position.ownValidator}
          network={network}
          signing={signing}
          canAct={canAct}
          onStake={setAsked}
        />
      ) : null}
      <Panel
        title="Stake"
        flush
        aside={
          canAct && position.delegations.length > 0 ? (
            <>
              <Button size="small" onClick={() => setAsked({ kind: "delegate" })}>
                Delegate to another
              </Button>
              <Button
                size="small"
                disabled={earned === 0n}
                busy={signing.isPreparing}
                onClick={() => signing.begin({ kind: "claim_all" })}
              >
                Claim all
              </Button>
            </>
          ) : undefined
        }
      >
        {position.delegations.length === 0 ? (
          <EmptyState
            title="Nothing is staked"
            action={
              !canAct ? undefined : position.spendableBaseUnits === "0" ? (
                <Button asChild kind="primary">
                  <Link href={`/networks/${network.chainId}/join`}>Where coins come from</Link>
                </Button>
              ) : (
                <Button kind="primary" onClick={() => setAsked({ kind: "delegate" })}>
                  Delegate
                </Button>
              )
            }
          >
            Stake given to any validator of this network stands here, with what it earns.
            {canAct && position.spendableBaseUnits === "0" ? " This wallet holds no coins that it could give." : ""}
          </EmptyState>
        ) : (
          <StakeList
            position={position}
            network={network}
            canAct={canAct}
            onStake={setAsked}
            onWithdraw={(operatorAddress) => signing.begin({ kind: "withdraw", operatorAddress })}
          />
        )}
      </Panel>
      <CompoundPanel
        key={`compound-${sentCount}`}
        position={position}
        network={network}
        signing={signing}
        canAct={canAct}
      />
      {position.unbondings.length + position.redelegations.length > 0 ? (
        <Panel title="Unbonding" flush>
          <UnbondingTimeline
            position={position}
            network={network}
            canAct={canAct}
            onCancel={({ operatorAddress, creationHeightBlocks, balanceBaseUnits }) =>
              signing.begin({
                kind: "cancel_unbonding",
                operatorAddress,
                creationHeightBlocks,
                amountBaseUnits: balanceBaseUnits,
              })
            }
          />
        </Panel>
      ) : null}
      {asked ? (
        <StakeDialog
          act={asked}
          network={network}
          position={position}
          signing={signing}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {signing.sheet}
    </div>
  );
}
