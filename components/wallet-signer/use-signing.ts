"use client";

import { fromBase64, toBase64, toHex } from "@cosmjs/encoding";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { useEffect, useState } from "react";
import { shownError } from "@/components/data/trpc-client";
import type { SigningPhase } from "@/components/wallet/signing-sheet";
import { decodeSignDoc } from "@/lib/chain/decode/decode-sign-doc";
import { TransactionDecodeError } from "@/lib/chain/decode/transaction-decode-error";
import { fingerprintOf } from "@/lib/chain/fingerprint";
import type { PreparedTransaction } from "@/server/domains/chain/transactions/schemas";
import { signerOf } from "./offered-signers";
import { rememberedWallet } from "./remembered-wallet";
import { signingRequestOf } from "./signing-request";
import { toWalletError } from "./wallet-error";
import type { SigningRequest, WalletNetwork, WalletSigner } from "./wallet-signer";

/** What the server says of a document, as far as signing needs it. */
type Document = Pick<
  PreparedTransaction,
  "signMode" | "signBytes" | "bodyBytes" | "authInfoBytes" | "fingerprint" | "warnings"
>;

/** One document as the sheet shows it, with what the wallet will be asked to sign: both out of the same bytes. */
type Shown<Prepared> = {
  readonly prepared: Prepared;
  readonly decoded: ReturnType<typeof decodeSignDoc>;
  readonly signBytesHex: string;
  readonly request: SigningRequest;
};

type Refusal = { readonly text: string; readonly code: string };

type SigningOptions<Input, Prepared> = {
  readonly network: WalletNetwork;
  /** Wallet that has to sign. */
  readonly address: string;
  readonly prepare: (
    input: Input,
    by: { readonly pubkey: string; readonly signMode: "direct" | "amino" },
  ) => Promise<Prepared>;
  readonly submit: (prepared: Prepared, txBytes: string) => Promise<unknown>;
};

/**
 * The way of a transaction through this browser: connects the wallet, has the exact bytes prepared, decodes them for the sheet, asks the wallet and
 * hands the result over. Nothing is asked of the wallet that was not shown.
 */
export function useSigning<Input, Prepared extends Document>(options: SigningOptions<Input, Prepared>) {
  const { network, address } = options;
  const [signer, setSigner] = useState<WalletSigner>();
  const [shown, setShown] = useState<Shown<Prepared>>();
  const [phase, setPhase] = useState<SigningPhase>({ name: "review" });
  const [refusal, setRefusal] = useState<Refusal>();
  const [isPreparing, setPreparing] = useState(false);

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

  async function open(input: Input): Promise<void> {
    if (!signer || isPreparing) return;
    setRefusal(undefined);
    setPhase({ name: "review" });
    setPreparing(true);
    try {
      const account = await signer.connect(network);
      const prepared = await options.prepare(input, {
        pubkey: account.pubkeyBase64,
        signMode: account.isHardware ? "amino" : "direct",
      });
      // The code is computed here from the bytes themselves: what the server says of them is not taken on trust.
      const signBytes = fromBase64(prepared.signBytes);
      if (fingerprintOf(signBytes) !== prepared.fingerprint) {
        setRefusal({
          text: "The bytes do not have the fingerprint that was announced. Nothing was signed; tell the operator.",
          code: "wallet.fingerprint",
        });
        return;
      }
      const request = signingRequestOf(prepared, network.chainId);
      const denoms = [{ base: network.baseDenom, display: network.displayDenom, exponent: network.denomExponent }];
      const decoded = decodeSignDoc(signBytes, { denoms });
      setShown({
        prepared,
        decoded: { ...decoded, warnings: [...decoded.warnings, ...(prepared.warnings ?? [])] },
        signBytesHex: toHex(signBytes),
        request,
      });
    } catch (thrown) {
      setRefusal(refusalOf(thrown));
    } finally {
      setPreparing(false);
    }
  }

  async function sign(): Promise<void> {
    if (!signer || !shown) return;
    setPhase({ name: "asking" });
    try {
      const answer = await signer.signTransaction(network, address, shown.request);
      setPhase({ name: "sending" });
      const txBytes = TxRaw.encode({
        bodyBytes: answer.bodyBytes,
        authInfoBytes: answer.authInfoBytes,
        signatures: [answer.signature],
      }).finish();
      await options.submit(shown.prepared, toBase64(txBytes));
      setShown(undefined);
    } catch (thrown) {
      const { text, code } = refusalOf(thrown);
      setPhase({ name: "refused", sentence: text, code });
    }
  }

  return {
    signer,
    shown,
    phase,
    refusal,
    isPreparing,
    open,
    sign,
    close: () => setShown(undefined),
    forget: () => setRefusal(undefined),
  };
}

function refusalOf(thrown: unknown): Refusal {
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
