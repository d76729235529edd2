"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { chainStanding } from "@/components/explorer/chain-standing";
import { AmountText } from "@/components/figures/amount-text";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Skeleton } from "@/components/ui/skeleton";
import { decToPercent } from "@/lib/chain/dec";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import { denomOf, type StakingNetwork } from "./staking-network";

const SETTLE_MS = 250;
const SHOWN = 8;

type ValidatorPickerProps = {
  network: StakingNetwork;
  legend: string;
  value: string | undefined;
  onValueChange: (operatorAddress: string) => void;
  /** One that cannot be chosen here. */
  without?: string | undefined;
};

/** Any validator of the network, by a part of its name or address; those with most stake are offered first. */
export function ValidatorPicker({ network, legend, value, onValueChange, without }: ValidatorPickerProps) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const read = useQuery(
    trpc.chain.listChainValidators.queryOptions({
      networkId: network.id,
      limit: SHOWN + 2,
      ...(search.trim() === "" ? {} : { search: search.trim().slice(0, 100) }),
    }),
  );
  const found = (read.data?.items ?? []).filter(({ operatorAddress }) => operatorAddress !== without);
  const items = found.slice(0, SHOWN);
  return (
    <div className="grid gap-3">
      <Field label="Find a validator" hint="A part of its name or of its operator address.">
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {read.error ? (
        <p role="alert" className="text-sm text-danger-text">
          {shownError(read.error).message}
        </p>
      ) : read.data === undefined ? (
        <Skeleton className="h-40" />
      ) : items.length === 0 ? (
        <p className="text-sm text-ink-muted">No validator of this network is called so. Use fewer letters.</p>
      ) : (
        <RadioCards
          name="validator"
          legend={legend}
          value={value}
          onValueChange={onValueChange}
          options={items.map((one) => ({
            value: one.operatorAddress,
            title: one.moniker || shortenMiddle(one.operatorAddress),
            aside: <AmountText amountBaseUnits={one.tokensBaseUnits} denom={denomOf(network)} />,
            description: [
              one.rank === null ? null : `number ${one.rank} of the set`,
              `${decToPercent(one.commissionRate)} % commission`,
              one.status === "bonded" && !one.isJailed
                ? null
                : `${chainStanding(one).word.toLowerCase()}: it earns nothing now`,
              shortenMiddle(one.operatorAddress),
            ]
              .filter((part) => part !== null)
              .join(", "),
          }))}
        />
      )}
      {found.length > items.length ? (
        <p className="text-xs text-ink-muted">The {items.length} with most stake are shown; search for the others.</p>
      ) : null}
    </div>
  );
}
