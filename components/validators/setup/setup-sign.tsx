"use client";

import { useEffect, useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { SigningSheet } from "@/components/wallet/signing-sheet";
import { useSigning } from "@/components/wallet-signer/use-signing";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";
import { formatInstant } from "@/lib/format/format-instant";
import { formatBaseUnits } from "@/lib/money";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { StakeForm } from "../stake/stake-form";
import { StakePanel } from "../stake/stake-panel";
import { useStakePreview } from "../stake/use-stake-preview";

/** The network as wallets know it, with our id of it, and whether test coins are paid on it here. */
export type SetupNetwork = WalletNetwork & { readonly id: string; readonly hasFaucet: boolean };

/** Prepares the exact bytes, shows them decoded, has the wallet sign them and hands the result over. */
export function SetupSign({ setup, network }: { setup: SetupRequestView; network: SetupNetwork }) {
  const client = useTRPCClient();
  const { signer, shown, phase, refusal, isPreparing, open, sign, close } = useSigning({
    network,
    address: setup.walletAddress,
    prepare: (_: undefined, by) => client.validators.prepareTransaction.mutate({ setupRequestId: setup.id, ...by }),
    submit: (_prepared, txBytes) => client.validators.submitTransaction.mutate({ setupRequestId: setup.id, txBytes }),
  });
  const [typedStake, setTypedStake] = useState(setup.selfDelegation);
  const stake = useStakePreview({
    networkId: network.id,
    walletAddress: setup.walletAddress,
    selfDelegation: typedStake,
    isAsked: setup.status === "ready_for_chain_tx",
  });
  const isStakeTyped = typedStake !== setup.selfDelegation;
  const isCovered = stake.data?.isCovered ?? true;

  // The stake of the request, when it was changed here or in another tab.
  useEffect(() => setTypedStake(setup.selfDelegation), [setup.selfDelegation]);

  if (setup.status === "chain_tx_pending") {
    return (
      <Panel title="Waiting for the chain">
        <p role="status" className="text-sm">
          {setup.statusMessage}
        </p>
        <p className="text-sm text-ink-muted">
          This page turns by itself as soon as the chain shows the validator; you may close it.
        </p>
        {setup.chainTxHash ? <AddressText value={setup.chainTxHash} kind="transaction hash" whole /> : null}
      </Panel>
    );
  }
  const amount = (base: string) => `${formatBaseUnits(base, network.denomExponent)} ${network.displayDenom}`;
  return (
    <Panel title="Sign to create the validator">
      <p className="max-w-160 text-sm text-ink-muted">
        One transaction bonds {amount(setup.selfDelegation)} to your validator with the node's key. It is shown decoded
        before your wallet is asked.
      </p>
      {setup.waitsUnsignedUntil ? (
        <p className="mt-2 max-w-160 text-sm text-ink-muted">
          The node waits for your signature until {formatInstant(Date.parse(setup.waitsUnsignedUntil), "UTC")}. Without
          it the node and its slot are given back then.
        </p>
      ) : null}
      <div className="mt-4 grid gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid content-start gap-4">
          <StakeForm
            key={setup.selfDelegation}
            setupRequestId={setup.id}
            selfDelegation={setup.selfDelegation}
            denom={network}
            onTyped={setTypedStake}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button
              kind={isCovered ? "primary" : "secondary"}
              busy={isPreparing}
              disabled={!signer || isStakeTyped || !isCovered}
              onClick={() => void open(undefined)}
            >
              Review and sign
            </Button>
            <p className="text-sm text-ink-muted">
              {isStakeTyped
                ? "Change the stake first, or enter the former one again."
                : isCovered
                  ? ""
                  : "The wallet does not hold the stake and the fee yet."}
            </p>
          </div>
        </div>
        <StakePanel
          preview={stake}
          selfDelegation={typedStake}
          walletAddress={setup.walletAddress}
          network={network}
          hasFaucet={network.hasFaucet}
          isFaucetPrimary
        />
      </div>
      <p role="alert" className="mt-3 text-sm text-danger-text empty:hidden">
        {refusal ? (
          <>
            {refusal.text} <span className="font-mono text-xs">{refusal.code}</span>
          </>
        ) : null}
      </p>
      {shown && signer ? (
        <SigningSheet
          open
          onOpenChange={(next) => {
            if (!next) close();
          }}
          decoded={shown.decoded}
          signBytesHex={shown.signBytesHex}
          network={{ name: network.displayName, chainId: network.chainId }}
          signer={{ address: setup.walletAddress, walletName: signer.name }}
          effects={{
            status: "simulated",
            atHeightBlocks: shown.prepared.simulatedAtHeightBlocks,
            rows: [
              {
                label: "Balance",
                before: amount(shown.prepared.balanceBeforeBaseUnits),
                after: amount(shown.prepared.balanceAfterBaseUnits),
              },
              {
                label: "Bonded to your validator",
                before: amount(shown.prepared.stakeBeforeBaseUnits),
                after: amount(shown.prepared.stakeAfterBaseUnits),
              },
              { label: "Fee", after: amount(shown.prepared.feeBaseUnits) },
            ],
          }}
          phase={phase}
          onSign={() => void sign()}
        />
      ) : null}
    </Panel>
  );
}
