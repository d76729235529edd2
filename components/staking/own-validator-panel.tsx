"use client";

import { useState } from "react";
import { useChainTip } from "@/components/data/use-chain-tip";
import { AmountText } from "@/components/figures/amount-text";
import { FactList } from "@/components/figures/fact-list";
import { useNow } from "@/components/figures/use-now";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { decToPercent } from "@/lib/chain/dec";
import { EditCommissionDialog } from "./edit-commission-dialog";
import { EditProfileDialog } from "./edit-profile-dialog";
import { jailRelease } from "./jail-release";
import type { StakeAct } from "./stake-dialog";
import { denomOf, type StakingNetwork } from "./staking-network";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";

type OwnValidatorPanelProps = {
  position: ShownPosition;
  own: NonNullable<ShownPosition["ownValidator"]>;
  network: StakingNetwork;
  signing: ReturnType<typeof useActSigning>;
  canAct: boolean;
  onStake: (act: StakeAct) => void;
};

/** The validator that the wallet operates: release from jail with its countdown, profile, commission, own stake and what it earned. */
export function OwnValidatorPanel({ position, own, network, signing, canAct, onStake }: OwnValidatorPanelProps) {
  const [editing, setEditing] = useState<"profile" | "commission">();
  const denom = denomOf(network);
  const of = { operatorAddress: own.operatorAddress, moniker: own.moniker };
  const ownRewards =
    position.delegations.find(({ operatorAddress }) => operatorAddress === own.operatorAddress)?.rewardsBaseUnits ??
    "0";
  const hasEarned = own.commissionBaseUnits !== "0" || ownRewards !== "0";
  return (
    <Panel title={`Your validator ${own.moniker}`} flush>
      {own.isJailed ? <JailNotice own={own} networkId={network.id} signing={signing} canAct={canAct} /> : null}
      <FactList
        facts={[
          {
            label: "Own stake",
            value: (
              <>
                <AmountText amountBaseUnits={own.selfDelegationBaseUnits} denom={denom} />
                <span className="ml-2 text-xs text-ink-muted">
                  at least <AmountText amountBaseUnits={own.minSelfDelegationBaseUnits} denom={denom} />
                </span>
              </>
            ),
          },
          { label: "Unclaimed rewards", value: <AmountText amountBaseUnits={ownRewards} denom={denom} /> },
          {
            label: "Unclaimed commission",
            value: <AmountText amountBaseUnits={own.commissionBaseUnits} denom={denom} />,
          },
          {
            label: "Commission",
            value: `${decToPercent(own.commissionRate)} %, at most ${decToPercent(own.commissionMaxRate)} %`,
          },
        ]}
      />
      {canAct ? (
        <div className="flex flex-wrap gap-2 border-t px-4 py-3">
          <Button
            disabled={!hasEarned}
            busy={signing.isPreparing}
            onClick={() => signing.begin({ kind: "withdraw", operatorAddress: own.operatorAddress })}
          >
            Withdraw rewards and commission
          </Button>
          <Button onClick={() => onStake({ kind: "delegate", ...of })}>Delegate to it</Button>
          <Button
            disabled={own.selfDelegationBaseUnits === "0"}
            onClick={() => onStake({ kind: "undelegate", ...of, amountBaseUnits: own.selfDelegationBaseUnits })}
          >
            Undelegate
          </Button>
          <Button onClick={() => setEditing("profile")}>Edit profile</Button>
          <Button onClick={() => setEditing("commission")}>Edit commission</Button>
        </div>
      ) : null}
      {editing === "profile" ? (
        <EditProfileDialog own={own} signing={signing} onClose={() => setEditing(undefined)} />
      ) : null}
      {editing === "commission" ? (
        <EditCommissionDialog
          own={own}
          minCommissionRate={position.minCommissionRate}
          signing={signing}
          onClose={() => setEditing(undefined)}
        />
      ) : null}
    </Panel>
  );
}

/** Why it is in jail's hold still, how long, and the act that ends it. */
function JailNotice({
  own,
  networkId,
  signing,
  canAct,
}: Pick<OwnValidatorPanelProps, "own" | "signing" | "canAct"> & { networkId: string }) {
  const nowMs = useNow();
  const tipAt = useChainTip(networkId).data?.tipAt;
  const chainAtMs = tipAt ? Date.parse(tipAt) : null;
  const { isOver, sentence } = jailRelease({ jailedUntil: own.jailedUntil, chainAtMs, nowMs });
  const refusal = own.unjailRefusal;
  // The wait is counted here; every other reason is the server's, which knows node and chain.
  const reason = refusal && (refusal.code !== "staking.jail_not_over" || !isOver) ? refusal : null;
  return (
    <div className="flex flex-wrap items-center gap-3 border-b bg-danger-wash px-4 py-3 text-sm">
      <p role="status" className="min-w-0 flex-1 text-pretty">
        {own.isTombstoned ? refusal?.sentence : ((isOver ? reason?.sentence : undefined) ?? sentence)}
      </p>
      {canAct && !own.isTombstoned ? (
        <Button
          kind="primary"
          disabled={reason !== null || !isOver}
          busy={signing.isPreparing}
          onClick={() => signing.begin({ kind: "unjail" })}
        >
          Unjail
        </Button>
      ) : null}
    </div>
  );
}
