"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ChainFormatError } from "@/lib/chain/chain-format-error";
import { formatDisplayAmount, parseDisplayAmount } from "@/lib/money";
import type { StakingNetwork } from "./staking-network";

/** What was typed, in base units, or why it is no amount; neither while nothing was typed. */
export function readAmount(typed: string, exponent: number): { readonly base?: bigint; readonly problem?: string } {
  if (typed.trim() === "") return {};
  try {
    const base = parseDisplayAmount(typed, exponent);
    return base === 0n ? { problem: "More than nothing." } : { base };
  } catch (thrown) {
    if (thrown instanceof ChainFormatError) return { problem: thrown.message };
    throw thrown;
  }
}

type AmountFieldProps = {
  label: string;
  network: StakingNetwork;
  value: string;
  onChange: (typed: string) => void;
  /** The most that makes sense, in base units. */
  maxBaseUnits: bigint;
  hint: ReactNode;
};

/** An amount in display units, with a button for the most. */
export function AmountField({ label, network, value, onChange, maxBaseUnits, hint }: AmountFieldProps) {
  const { displayDenom, denomExponent } = network;
  const { base, problem } = readAmount(value, denomExponent);
  const isTooMuch = base !== undefined && base > maxBaseUnits;
  return (
    <Field label={label} required aside={displayDenom} hint={hint} error={isTooMuch ? "More than there is." : problem}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <Button
            disabled={maxBaseUnits <= 0n}
            onClick={() => onChange(formatDisplayAmount(maxBaseUnits, denomExponent))}
          >
            Max
          </Button>
        </div>
      )}
    </Field>
  );
}
