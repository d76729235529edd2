"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { shownError, useTRPCClient } from "@/components/data/trpc-client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { NetworkChoice } from "@/components/wallet/network-choice";
import { type OfferedSigner, offeredSigners } from "@/components/wallet-signer/offered-signers";
import { WalletError } from "@/components/wallet-signer/wallet-error";
import type { WalletNetwork, WalletSigner } from "@/components/wallet-signer/wallet-signer";

type LinkWalletProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  networks: readonly [WalletNetwork, ...WalletNetwork[]];
};

/** Links one more wallet: it signs a statement, and nothing is spent. */
export function LinkWallet({ open, onOpenChange, networks }: LinkWalletProps) {
  const [chainId, setChainId] = useState(networks[0].chainId);
  const network = networks.find((one) => one.chainId === chainId) ?? networks[0];
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [offered, setOffered] = useState<readonly OfferedSigner[]>([]);
  const [busy, setBusy] = useState<WalletSigner["kind"]>();
  const [refusal, setRefusal] = useState<string>();
  useEffect(() => {
    if (open) setOffered(offeredSigners(network));
  }, [open, network]);

  async function link(signer: WalletSigner): Promise<void> {
    setBusy(signer.kind);
    setRefusal(undefined);
    try {
      const { address } = await signer.connect(network);
      const challenge = await client.identity.challenge.mutate({ address, chainId: network.chainId });
      const signed = await signer.signText(network, address, challenge.messageToSign);
      await client.identity.linkWallet.mutate({
        walletAddress: address,
        pubkey: signed.pubkeyBase64,
        signature: signed.signatureBase64,
        nonce: challenge.nonce,
        isTestWallet: signer.kind === "test",
      });
      await queryClient.invalidateQueries();
      onOpenChange(false);
    } catch (thrown) {
      const known = thrown instanceof WalletError ? thrown : shownError(thrown);
      setRefusal(`${known.message} [${known.code}]`);
    } finally {
      setBusy(undefined);
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Link wallet"
      description="Choose the account in your wallet first, then connect it here. It signs a statement; nothing is spent."
    >
      <div className="grid gap-3 px-5 py-4">
        <NetworkChoice networks={networks} value={network.chainId} onValueChange={setChainId} />
        <ul className="grid gap-2">
          {offered.map(({ signer, isInstalled }) => (
            <li key={signer.kind} className="flex items-center justify-between gap-3 rounded-md border px-3 py-2.5">
              <span className="min-w-0">
                <span className="block font-medium">{signer.name}</span>
                {isInstalled ? null : <span className="text-sm text-ink-muted">Not installed in this browser</span>}
              </span>
              <Button
                disabled={!isInstalled || busy !== undefined}
                busy={busy === signer.kind}
                onClick={() => void link(signer)}
              >
                Link with {signer.name}
              </Button>
            </li>
          ))}
        </ul>
        {refusal ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {refusal}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
