"use client";

import type { FailedRead } from "@/components/data/failed-read";
import { AddressText } from "@/components/figures/address-text";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { decToPercent } from "@/lib/chain/dec";
import { percentagePoints } from "@/lib/format/percentage-points";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";

type OnChain = {
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

/** Keys and terms as the chain holds them; what is known without it stands here also while it is silent. */
export function ChainPanel({
  setup,
  chain,
  consensusAddress,
  failure,
  onRetry,
}: {
  setup: SetupRequestView;
  chain: OnChain | null;
  consensusAddress: string | null;
  failure: FailedRead | null;
  onRetry: () => void;
}) {
  const unknown = <UnknownText reason={failure?.sentence ?? "The chain has not answered yet."} />;
  return (
    <div className="grid gap-4">
      {failure && chain === null ? <UpstreamDown {...failure} onRetry={onRetry} /> : null}
      <Panel flush>
        <FactList
          layout="page"
          facts={[
            { label: "Operator", value: <AddressText value={setup.operatorAddress} kind="operator address" whole /> },
            { label: "Wallet", value: <AddressText value={setup.walletAddress} kind="wallet" whole /> },
            {
              label: "Consensus address",
              value: consensusAddress ? (
                <AddressText value={consensusAddress} kind="consensus address" whole />
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
            { label: "Key on the chain", value: chain === null ? unknown : keyOnChain(setup, chain) },
            { label: "State", value: chain === null ? unknown : stateOnChain(chain) },
            { label: "Commission", value: chain === null ? unknown : commissionOnChain(chain) },
            {
              label: "Transaction",
              value: setup.chainTxHash ? (
                <AddressText value={setup.chainTxHash} kind="transaction hash" whole />
              ) : (
                "none"
              ),
            },
          ]}
        />
      </Panel>
    </div>
  );
}

function keyOnChain(setup: SetupRequestView, { validator }: OnChain): string {
  if (validator === null) return "The chain shows no validator of this operator.";
  return validator.consensusPubkey === setup.consensusPubkey ? "the same" : `another one: ${validator.consensusPubkey}`;
}

const stateOnChain = ({ validator }: OnChain): string =>
  validator ? `${validator.status}${validator.isJailed ? ", jailed" : ""}` : "none";

const commissionOnChain = ({ validator }: OnChain): string =>
  validator
    ? `${decToPercent(validator.commissionRate)} %; at most ${decToPercent(validator.commissionMaxRate)} %, changed by at most ${percentagePoints(decToPercent(validator.commissionMaxChangeRate))} a day`
    : "none";
