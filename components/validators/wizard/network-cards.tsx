"use client";

import { RadioCards } from "@/components/ui/radio-cards";

/** A network that nodes can be made for; with a reason where this person cannot have one there yet. */
export type NetworkOffer = {
  readonly id: string;
  readonly chainId: string;
  readonly displayName: string;
  readonly displayDenom: string;
  readonly disabledReason: string | null;
};

type NetworkCardsProps = { offers: readonly NetworkOffer[]; value: string; onValueChange: (id: string) => void };

/** Which chain the validator is for; nothing where there is one alone. */
export function NetworkCards({ offers, value, onValueChange }: NetworkCardsProps) {
  if (offers.length < 2) return null;
  return (
    <div className="mb-5">
      <RadioCards
        name="networkId"
        legend="Network"
        columns={2}
        value={value}
        onValueChange={onValueChange}
        options={offers.map(({ id, chainId, displayName, displayDenom, disabledReason }) => ({
          value: id,
          title: displayName,
          aside: displayDenom,
          description: chainId,
          ...(disabledReason === null ? {} : { disabledReason }),
        }))}
      />
    </div>
  );
}
