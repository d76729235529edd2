"use client";

import type { ShownError } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { FactList } from "@/components/figures/fact-list";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Skeleton } from "@/components/ui/skeleton";
import { decToPercent } from "@/lib/chain/dec";
import type { SetupRequestView } from "@/server/domains/validators/schemas";

type OnChain = {
  consensusAddress: string | null;
  validator: {
    status: string;
    isJailed: boolean;
    moniker: string;
    commissionRate: string;
    commissionMaxRate: string;
    commissionMaxChangeRate: string;
    consensusPubkey: string;
  } | null;
  readAt: string;
};

/** Keys and terms as the chain holds them. */
export function ChainPanel({
  setup,
  chain,
  error,
}: {
  setup: SetupRequestView;
  chain: OnChain | null;
  error: ShownError | null;
}) {
  if (chain === null) {
    return error ? (
      <UpstreamDown upstream="The chain" sentence={error.message} code={error.code} />
    ) : (
      <Skeleton className="h-40" />
    );
  }
  const { validator } = chain;
  return (
    <FactList
      layout="page"
      facts={[
        { label: "Operator", value: <AddressText value={setup.operatorAddress} kind="operator address" whole /> },
        { label: "Wallet", value: <AddressText value={setup.walletAddress} kind="wallet" whole /> },
        {
          label: "Consensus address",
          value: chain.consensusAddress ? (
            <AddressText value={chain.consensusAddress} kind="consensus address" whole />
          ) : (
            "none"
          ),
        },
        {
          label: "Consensus public key",
          value: setup.consensusPubkey ? (
            <AddressText value={setup.consensusPubkey} kind="consensus public key" whole />
          ) : (
            "none"
          ),
        },
        {
          label: "Key on the chain",
          value:
            validator === null
              ? "The chain shows no validator of this operator."
              : validator.consensusPubkey === setup.consensusPubkey
                ? "the same"
                : `another one: ${validator.consensusPubkey}`,
        },
        { label: "State", value: validator ? `${validator.status}${validator.isJailed ? ", jailed" : ""}` : "none" },
        {
          label: "Commission",
          value: validator
            ? `${decToPercent(validator.commissionRate)} %; at most ${decToPercent(validator.commissionMaxRate)} %, changed by at most ${decToPercent(validator.commissionMaxChangeRate)} percentage points a day`
            : "none",
        },
        {
          label: "Transaction",
          value: setup.chainTxHash ? <AddressText value={setup.chainTxHash} kind="transaction hash" whole /> : "none",
        },
      ]}
    />
  );
}
