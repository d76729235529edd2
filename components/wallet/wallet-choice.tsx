"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { type OfferedSigner, offeredSigners } from "@/components/wallet-signer/offered-signers";
import { SignInRefused, signInWithWallet } from "@/components/wallet-signer/sign-in-with-wallet";
import { toWalletError, WalletError } from "@/components/wallet-signer/wallet-error";
import type { WalletNetwork, WalletSigner } from "@/components/wallet-signer/wallet-signer";
import { NetworkChoice } from "./network-choice";

const RestoreTestWallet = lazy(async () => ({ default: (await import("./restore-test-wallet")).RestoreTestWallet }));

const DETAIL = {
  keplr: "Browser extension or Ledger through it",
  leap: "Browser extension",
  cosmostation: "Browser extension",
  test: "A key made and kept encrypted in this browser; localnet only",
} as const;

type WalletChoiceProps = {
  /** One for each kind of address; the first is chosen. */
  networks: readonly [WalletNetwork, ...WalletNetwork[]];
  nextPath: string;
};

/** Wallets to sign in with. Injected ones are looked for after the page is there, since extensions put themselves in late. */
export function WalletChoice({ networks, nextPath }: WalletChoiceProps) {
  const [chainId, setChainId] = useState(networks[0].chainId);
  const network = networks.find((one) => one.chainId === chainId) ?? networks[0];
  const [offered, setOffered] = useState<readonly OfferedSigner[]>([]);
  const [busy, setBusy] = useState<WalletSigner["kind"]>();
  const [isRestoring, setRestoring] = useState(false);
  const [refusal, setRefusal] = useState<{ text: string; code: string }>();
  useEffect(() => setOffered(offeredSigners(network)), [network]);

  async function signIn(signer: WalletSigner): Promise<void> {
    setBusy(signer.kind);
    setRefusal(undefined);
    try {
      await signInWithWallet(signer, network);
      window.location.assign(nextPath);
    } catch (thrown) {
      const known = thrown instanceof SignInRefused || thrown instanceof WalletError ? thrown : toWalletError(thrown);
      setRefusal({ text: known.message, code: known.code });
      setBusy(undefined);
    }
  }

  return (
    <div className="grid gap-3">
      <NetworkChoice networks={networks} value={network.chainId} onValueChange={setChainId} />
      <ul className="grid gap-2">
        {offered.map(({ signer, isInstalled }) => (
          <li
            key={signer.kind}
            className="flex items-center justify-between gap-3 rounded-md border border-line px-3 py-2.5"
          >
            <div className="min-w-0">
              <div className="font-medium">{signer.name}</div>
              <div className="text-sm text-ink-muted">
                {isInstalled ? DETAIL[signer.kind] : "Not installed in this browser"}
              </div>
            </div>
            <Button
              kind={signer.kind === "test" ? "secondary" : "primary"}
              disabled={!isInstalled || busy !== undefined}
              busy={busy === signer.kind}
              onClick={() => void signIn(signer)}
            >
              {signer.kind === "test" ? "Use test wallet" : `Connect ${signer.name}`}
            </Button>
          </li>
        ))}
      </ul>
      {network.kind === "localnet" ? (
        <div>
          <Button kind="quiet" size="small" onClick={() => setRestoring(true)}>
            Restore a test wallet from its backup
          </Button>
          <Suspense fallback={null}>
            {isRestoring ? <RestoreTestWallet open onOpenChange={setRestoring} /> : null}
          </Suspense>
        </div>
      ) : null}
      <p role="alert" aria-live="polite" className="min-h-5 text-sm text-danger-text">
        {refusal ? (
          <>
            {refusal.text} <span className="font-mono text-xs">{refusal.code}</span>
          </>
        ) : null}
      </p>
    </div>
  );
}
