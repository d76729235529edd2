"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { formatDuration } from "@/lib/format/format-duration";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";
import { ActForm } from "./act-form";
import { AmountField, readAmount } from "./amount-field";
import type { StakingNetwork } from "./staking-network";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";
import { ValidatorPicker } from "./validator-picker";

/** What is done with stake: given, taken back or moved; of a validator where that is chosen already. */
export type StakeAct =
  | { readonly kind: "delegate"; readonly operatorAddress?: string; readonly moniker?: string }
  | {
      readonly kind: "undelegate" | "redelegate";
      readonly operatorAddress: string;
      readonly moniker: string;
      readonly amountBaseUnits: string;
    };

const TITLES = { delegate: "Delegate", undelegate: "Undelegate", redelegate: "Redelegate" } as const;

type StakeDialogProps = {
  act: StakeAct;
  network: StakingNetwork;
  position: ShownPosition;
  onClose: () => void;
  signing: ReturnType<typeof useActSigning>;
};

/** Asks for the amount and, where it is open, the validator; the signing sheet follows. */
export function StakeDialog({ act, network, position, onClose, signing }: StakeDialogProps) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(act.kind === "delegate" ? act.operatorAddress : undefined);
  const [isJailAccepted, setJailAccepted] = useState(false);
  const { refusal } = signing;
  const amountOf = (base: string | bigint) =>
    `${formatBaseUnits(base, network.denomExponent)}${UNIT_SPACE}${network.displayDenom}`;
  const spendable = BigInt(position.spendableBaseUnits);
  const reserve = BigInt(position.feeReserveBaseUnits);
  const max = act.kind === "delegate" ? (spendable > reserve ? spendable - reserve : 0n) : BigInt(act.amountBaseUnits);
  const { base } = readAmount(typed, network.denomExponent);
  const isDestinationOpen = act.kind === "redelegate" || (act.kind === "delegate" && act.operatorAddress === undefined);
  const isReady = base !== undefined && (!isDestinationOpen || chosen !== undefined);
  const unbonding = formatDuration(position.unbondingSeconds * 1_000);

  function begin(): void {
    if (base === undefined) return;
    const amountBaseUnits = base.toString();
    if (act.kind === "delegate") {
      if (chosen !== undefined) signing.begin({ kind: "delegate", operatorAddress: chosen, amountBaseUnits });
    } else if (act.kind === "undelegate") {
      signing.begin({ kind: "undelegate", operatorAddress: act.operatorAddress, amountBaseUnits, isJailAccepted });
    } else if (chosen !== undefined) {
      signing.begin({
        kind: "redelegate",
        sourceOperatorAddress: act.operatorAddress,
        destinationOperatorAddress: chosen,
        amountBaseUnits,
        isJailAccepted,
      });
    }
  }

  return (
    <ActForm
      placement="side"
      title={act.moniker ? `${TITLES[act.kind]}: ${act.moniker}` : TITLES[act.kind]}
      description={
        act.kind === "delegate"
          ? `Stake earns rewards block by block. Taking it back takes ${unbonding}.`
          : act.kind === "undelegate"
            ? `The stake stops earning at once and is yours again after ${unbonding}; until then it can still be slashed.`
            : `The stake goes on earning with the other validator. It cannot be moved on from there for ${unbonding}.`
      }
      isReady={isReady}
      signing={signing}
      onReview={begin}
      onClose={onClose}
    >
      {isDestinationOpen ? (
        <ValidatorPicker
          network={network}
          legend={act.kind === "redelegate" ? "Moves to" : "Stakes with"}
          value={chosen}
          onValueChange={setChosen}
          without={act.kind === "redelegate" ? act.operatorAddress : undefined}
        />
      ) : null}
      <AmountField
        label="Amount"
        network={network}
        value={typed}
        onChange={setTyped}
        maxBaseUnits={max}
        hint={
          act.kind === "delegate"
            ? `${amountOf(spendable)} can be spent; Max keeps ${amountOf(reserve)} for this fee and a later one.`
            : `${amountOf(max)} are staked there.`
        }
      />
      {refusal?.code === "staking.would_jail" ? (
        <Checkbox checked={isJailAccepted} onChange={(event) => setJailAccepted(event.target.checked)}>
          I accept that the chain jails the validator for it.
        </Checkbox>
      ) : null}
    </ActForm>
  );
}
