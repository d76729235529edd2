"use client";

import { decToPercent } from "@/lib/chain/dec";
import { AnswerField } from "./answer-field";
import type { StepProps } from "./step-props";

/** Commission in percent and stake in the display denom; two of the rates are for ever. */
export function CommissionStep(props: StepProps) {
  const { facts } = props;
  const floor =
    facts.minCommissionRate === null
      ? "The chain's minimum is being read."
      : `At least ${decToPercent(facts.minCommissionRate)} %, by the chain's own rule.`;
  return (
    <div className="grid max-w-120 gap-4">
      <AnswerField {...props} name="commissionRate" label="Commission, %" required inputMode="decimal" hint={floor} />
      <AnswerField
        {...props}
        name="commissionMaxRate"
        label="Maximum commission, %"
        required
        inputMode="decimal"
        hint="Can never be changed."
      />
      <AnswerField
        {...props}
        name="commissionMaxChangeRate"
        label="Maximum change a day, percentage points"
        required
        inputMode="decimal"
        hint="Can never be changed."
      />
      <AnswerField
        {...props}
        name="selfDelegation"
        label={`Self-delegation, ${facts.displayDenom}`}
        required
        inputMode="decimal"
        hint="Leaves your balance and is bonded to your validator."
      />
      <AnswerField
        {...props}
        name="minSelfDelegation"
        label={`Minimum self-delegation, ${facts.displayDenom}`}
        required
        inputMode="decimal"
        hint="Below this your validator is jailed. It can be raised, never lowered."
      />
    </div>
  );
}
