"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Skeleton } from "@/components/ui/skeleton";
import { toWalletNetwork } from "@/components/wallet-signer/wallet-network";
import { WalletStake } from "./wallet-stake";

type ValidatorStakeProps = {
  networkId: string;
  walletAddress: string;
  /** Whether the reader's role lets them prepare transactions. */
  maySign: boolean;
};

/** Stake and rewards of the wallet that operates a validator, with its owner's acts where the reader is the owner. */
export function ValidatorStake({ networkId, walletAddress, maySign }: ValidatorStakeProps) {
  const trpc = useTRPC();
  const network = useQuery(trpc.chain.getNetwork.queryOptions({ networkId }));
  const wallets = useQuery(trpc.identity.listWallets.queryOptions({}));
  const shown = useMemo(
    () => network.data && { ...toWalletNetwork(network.data), id: network.data.id },
    [network.data],
  );
  const failed = network.error ?? wallets.error;
  if (failed)
    return <UpstreamDown {...failedRead(failed, "The network's record")} onRetry={() => void network.refetch()} />;
  if (!shown || !wallets.data) return <Skeleton className="h-60" />;
  const isOwn = wallets.data.items.some(({ address }) => address === walletAddress);
  return (
    <div className="grid gap-4">
      {isOwn ? null : (
        <p className="text-sm text-ink-muted">
          Its wallet is not linked to you: what follows can be read, and its owner alone can sign.
        </p>
      )}
      <WalletStake network={shown} address={walletAddress} canAct={isOwn && maySign} />
    </div>
  );
}
