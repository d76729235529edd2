"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { formatDisplayAmount } from "@/lib/money";
import { COMPOUND_DAYS } from "@/server/domains/staking/constants";
import { ActForm } from "./act-form";
import { readAmount } from "./amount-field";
import type { StakingNetwork } from "./staking-network";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";

type CompoundDialogProps = {
  position: ShownPosition;
  network: StakingNetwork;
  signing: ReturnType<typeof useActSigning>;
  onClose: () => void;
};

/** Whole days within the bounds, or why not; neither while nothing was typed. */
function readDays(typed: string): { readonly days?: number; readonly problem?: string } {
  if (typed.trim() === "") return {};
  const days = Number(typed);
  const { min, max } = COMPOUND_DAYS;
  if (!Number.isInteger(days) || days < min || days > max) return { problem: `Whole days, from ${min} to ${max}.` };
  return { days };
}

/** Asks how far the permission goes: with which validator, up to which amounts, and for how long; the signing sheet follows. */
export function CompoundDialog({ position, network, signing, onClose }: CompoundDialogProps) {
  const { displayDenom, denomExponent } = network;
  const [operatorAddress, setOperator] = useState(position.delegations[0]?.operatorAddress ?? "");
  const [limitTyped, setLimitTyped] = useState("");
  // Room for some dozen transactions at the price of now.
  const [feesTyped, setFeesTyped] = useState(
    formatDisplayAmount(BigInt(position.feeReserveBaseUnits) * 12n, denomExponent),
  );
  const [daysTyped, setDaysTyped] = useState(String(COMPOUND_DAYS.default));
  const limit = readAmount(limitTyped, denomExponent);
  const fees = readAmount(feesTyped, denomExponent);
  const { days, problem: daysProblem } = readDays(daysTyped);
  const isReady = limit.base !== undefined && fees.base !== undefined && days !== undefined && operatorAddress !== "";
  return (
    <ActForm
      placement="side"
      title="Compound rewards"
      description="What the validator pays you is staked with it again, about once an hour while that is worth ten times the fee. You sign a permission once; it can do nothing else, and you can take it back at any time."
      isReady={isReady}
      signing={signing}
      onReview={() => {
        if (limit.base === undefined || fees.base === undefined || days === undefined) return;
        signing.begin({
          kind: "grant_compound",
          operatorAddress,
          limitBaseUnits: limit.base.toString(),
          feeLimitBaseUnits: fees.base.toString(),
          days,
        });
      }}
      onClose={onClose}
    >
      <Field
        label="Validator"
        required
        hint="The chain keeps one such permission for a wallet: another validator takes this one's place."
      >
        {(control) => (
          <Select {...control} value={operatorAddress} onChange={(event) => setOperator(event.target.value)}>
            {position.delegations.map((stake) => (
              <option key={stake.operatorAddress} value={stake.operatorAddress}>
                {stake.moniker}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Stake at most"
        required
        aside={displayDenom}
        error={limit.problem}
        hint="Over the whole time; each compounding lowers it, and at nothing it ends."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={limitTyped}
            onChange={(event) => setLimitTyped(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Spend on fees at most"
        required
        aside={displayDenom}
        error={fees.problem}
        hint="Your wallet pays the fees of these transactions alone, up to this."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={feesTyped}
            onChange={(event) => setFeesTyped(event.target.value)}
          />
        )}
      </Field>
      <Field label="For so many days" required error={daysProblem} hint="The chain itself ends it then.">
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            value={daysTyped}
            onChange={(event) => setDaysTyped(event.target.value)}
          />
        )}
      </Field>
    </ActForm>
  );
}
