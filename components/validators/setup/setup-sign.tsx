"use client";

import { fromBase64, toBase64, toHex } from "@cosmjs/encoding";
import { useMutation } from "@tanstack/react-query";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { useEffect, useState } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { type SigningPhase, SigningSheet } from "@/components/wallet/signing-sheet";
import { signerOf } from "@/components/wallet-signer/offered-signers";
import { rememberedWallet } from "@/components/wallet-signer/remembered-wallet";
import { toWalletError } from "@/components/wallet-signer/wallet-error";
import type { SigningRequest, WalletNetwork, WalletSigner } from "@/components/wallet-signer/wallet-signer";
import { decodeSignDoc } from "@/lib/chain/decode/decode-sign-doc";
import { TransactionDecodeError } from "@/lib/chain/decode/transaction-decode-error";
import { fingerprintOf } from "@/lib/chain/fingerprint";
import { formatInstant } from "@/lib/format/format-instant";
import { formatBaseUnits } from "@/lib/money";
import type { PreparedTransaction } from "@/server/domains/chain/schemas";
import type { SetupRequestView } from "@/server/domains/validators/schemas";
import { StakeForm } from "../stake/stake-form";
import { StakePanel } from "../stake/stake-panel";
import { useStakePreview } from "../stake/use-stake-preview";
import { signingRequestOf } from "./signing-request";

/** The network as wallets know it, with our id of it, and whether test coins are paid on it here. */
export type SetupNetwork = WalletNetwork & { readonly id: string; readonly hasFaucet: boolean };

/** One document as the sheet shows it, with what the wallet will be asked to sign: both out of the same bytes. */
type Shown = {
  readonly prepared: PreparedTransaction;
  readonly decoded: ReturnType<typeof decodeSignDoc>;
  readonly signBytesHex: string;
  readonly request: SigningRequest;
};

/** Prepares the exact bytes, shows them decoded, has the wallet sign them and hands the result over. */
export function SetupSign({ setup, network }: { setup: SetupRequestView; network: SetupNetwork }) {
  const trpc = useTRPC();
  const [signer, setSigner] = useState<WalletSigner>();
  const [shown, setShown] = useState<Shown>();
  const [phase, setPhase] = useState<SigningPhase>({ name: "review" });
  const [refusal, setRefusal] = useState<{ text: string; code: string }>();
  const prepare = useMutation(trpc.validators.prepareTransaction.mutationOptions());
  const submit = useMutation(trpc.validators.submitTransaction.mutationOptions());
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
  useEffect(() => {
    const kind = rememberedWallet() ?? (network.kind === "localnet" ? "test" : "keplr");
    setSigner(signerOf(kind));
  }, [network.kind]);
  useEffect(() => {
    if (!signer) return;
    return signer.onAccountChange(() => {
      setShown(undefined);
      setRefusal({
        text: "The wallet changed its account. Prepare the transaction anew with the right one.",
        code: "wallet.other_account",
      });
    });
  }, [signer]);

  async function open(): Promise<void> {
    if (!signer) return;
    setRefusal(undefined);
    setPhase({ name: "review" });
    try {
      const account = await signer.connect(network);
      const built = await prepare.mutateAsync({
        setupRequestId: setup.id,
        pubkey: account.pubkeyBase64,
        signMode: account.isHardware ? "amino" : "direct",
      });
      // The code is computed here from the bytes themselves: what the server says of them is not taken on trust.
      const signBytes = fromBase64(built.signBytes);
      if (fingerprintOf(signBytes) !== built.fingerprint) {
        setRefusal({
          text: "The bytes do not have the fingerprint that was announced. Nothing was signed; tell the operator.",
          code: "wallet.fingerprint",
        });
        return;
      }
      const request = signingRequestOf(built, network.chainId);
      const denoms = [{ base: network.baseDenom, display: network.displayDenom, exponent: network.denomExponent }];
      const decoded = decodeSignDoc(signBytes, { denoms });
      setShown({
        prepared: { ...built, aminoSignDoc: built.aminoSignDoc ?? null },
        decoded: { ...decoded, warnings: [...decoded.warnings, ...(built.warnings ?? [])] },
        signBytesHex: toHex(signBytes),
        request,
      });
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    }
  }

  async function sign(): Promise<void> {
    if (!signer || !shown) return;
    setPhase({ name: "asking" });
    try {
      const answer = await signer.signTransaction(network, setup.walletAddress, shown.request);
      setPhase({ name: "sending" });
      const txBytes = TxRaw.encode({
        bodyBytes: answer.bodyBytes,
        authInfoBytes: answer.authInfoBytes,
        signatures: [answer.signature],
      }).finish();
      await submit.mutateAsync({ setupRequestId: setup.id, txBytes: toBase64(txBytes) });
      setShown(undefined);
    } catch (thrown) {
      const { text, code } = refusalOf(thrown);
      setPhase({ name: "refused", sentence: text, code });
    }
  }

  if (setup.status === "chain_tx_pending") {
    return (
      <Panel title="Waiting for the chain">
        <p className="text-sm text-ink-muted">
          The signed transaction was handed to the chain. This page turns by itself as soon as the chain shows the
          validator; you may close it.
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
              busy={prepare.isPending}
              disabled={!signer || isStakeTyped || !isCovered}
              onClick={() => void open()}
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
            if (!next) setShown(undefined);
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

function refusalOf(thrown: unknown): { text: string; code: string } {
  if (thrown instanceof Error && thrown.name === "TRPCClientError") {
    const { message, code } = shownError(thrown);
    return { text: message, code };
  }
  if (thrown instanceof TransactionDecodeError) {
    return { text: `${thrown.message} Nothing was signed; tell the operator.`, code: `wallet.${thrown.refusal}` };
  }
  const wallet = toWalletError(thrown);
  return { text: wallet.message, code: wallet.code };
}
