"use client";

import { useState } from "react";
import { useNow } from "@/components/figures/use-now";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { decFromPercent, decToPercent } from "@/lib/chain/dec";
import { formatDuration } from "@/lib/format/format-duration";
import { ActForm } from "./act-form";
import type { useActSigning } from "./use-act-signing";
import type { ShownPosition } from "./use-position";

/** A typed percentage as a rate, or why it is none; neither while nothing was typed. */
export function readPercent(typed: string): { readonly rate?: string; readonly problem?: string } {
  const text = typed.trim();
  if (text === "") return {};
  try {
    return { rate: decFromPercent(text) };
  } catch {
    return { problem: "A percentage such as 7.5." };
  }
}

type EditCommissionDialogProps = {
  own: NonNullable<ShownPosition["ownValidator"]>;
  minCommissionRate: string;
  signing: ReturnType<typeof useActSigning>;
  onClose: () => void;
};

/** A new commission within the bounds that were fixed at the validator's creation; the chain takes one change a day. */
export function EditCommissionDialog({ own, minCommissionRate, signing, onClose }: EditCommissionDialogProps) {
  const [typed, setTyped] = useState(decToPercent(own.commissionRate));
  const nowMs = useNow();
  const waitSeconds = (Date.parse(own.commissionChangeableAt) - nowMs) / 1_000;
  const { rate, problem } = readPercent(typed);
  const percent = (dec: string) => `${decToPercent(dec)} %`;
  const isReady = rate !== undefined && rate !== own.commissionRate;
  return (
    <ActForm
      title={`Edit commission of ${own.moniker}`}
      description={
        waitSeconds > 0
          ? `The chain takes one change in 24 hours: the next in ${formatDuration(waitSeconds * 1_000)}.`
          : "The chain takes one change in 24 hours. Delegators see it at once."
      }
      isReady={isReady}
      signing={signing}
      onReview={() => {
        if (isReady) signing.begin({ kind: "edit_commission", commissionRate: rate });
      }}
      onClose={onClose}
    >
      <Field
        label="Commission"
        required
        aside="%"
        error={problem}
        hint={`Now ${percent(own.commissionRate)}. It may rise by ${percent(own.commissionMaxChangeRate)} at a time, to ${percent(own.commissionMaxRate)} at most, and not fall below ${percent(minCommissionRate)}.`}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </ActForm>
  );
}
