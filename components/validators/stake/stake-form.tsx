"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatDisplayAmount, parseDisplayAmount } from "@/lib/money";
import type { StakeDenom } from "./stake-words";

/** Base units of what is typed; null when it is no amount above zero. */
function typedBaseUnits(text: string, exponent: number): string | null {
  try {
    const baseUnits = parseDisplayAmount(text, exponent);
    return baseUnits > 0n ? baseUnits.toString() : null;
  } catch {
    return null;
  }
}

/** The stake of a request that nobody has signed for yet, to be changed; `onTyped` hears each amount, for the preview beside it. */
export function StakeForm(props: {
  setupRequestId: string;
  /** What the request has now, in base units. */
  selfDelegation: string;
  denom: StakeDenom;
  onTyped: (baseUnits: string) => void;
}) {
  const { setupRequestId, selfDelegation, denom, onTyped } = props;
  const trpc = useTRPC();
  const now = formatDisplayAmount(BigInt(selfDelegation), denom.denomExponent);
  const [text, setText] = useState(now);
  const [refused, setRefused] = useState<string>();
  const change = useMutation(trpc.validators.changeStake.mutationOptions());
  const typed = typedBaseUnits(text, denom.denomExponent);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (change.isPending) return;
    if (typed === null) {
      setRefused(`More than 0 ${denom.displayDenom}, with at most ${denom.denomExponent} digits after the point.`);
      return;
    }
    change.mutate({ setupRequestId, selfDelegation: typed });
  }

  const failure = change.error ? shownError(change.error) : null;
  return (
    <form onSubmit={submit} noValidate className="flex max-w-100 flex-wrap items-end gap-2">
      <Field
        className="min-w-48 flex-1"
        label={`Self-delegation, ${denom.displayDenom}`}
        required
        error={refused ?? failure?.fieldErrors.selfDelegation?.[0] ?? failure?.message}
        hint="Can be changed until you sign."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setRefused(undefined);
              change.reset();
              onTyped(typedBaseUnits(event.target.value, denom.denomExponent) ?? selfDelegation);
            }}
          />
        )}
      </Field>
      <Button type="submit" busy={change.isPending} disabled={typed === selfDelegation} className="mb-5">
        Change stake
      </Button>
    </form>
  );
}
