"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import type { DataColumn } from "@/components/data-table/data-column";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import type { Wallet } from "@/server/domains/identity/schemas";
import { LinkWallet } from "./link-wallet";

const BackUpTestWallet = lazy(async () => ({
  default: (await import("@/components/wallet/back-up-test-wallet")).BackUpTestWallet,
}));
const RestoreTestWallet = lazy(async () => ({
  default: (await import("@/components/wallet/restore-test-wallet")).RestoreTestWallet,
}));

type WalletListProps = {
  initial: { readonly items: Wallet[] } | undefined;
  /** The address that this session was signed in with: it ends with it. */
  currentAddress: string | null;
  /** One for each kind of address that can be linked; none while there is no network. */
  networks: readonly WalletNetwork[];
};

const columnsWith = (
  currentAddress: string | null,
  isOnly: boolean,
  onUnlink: (wallet: Wallet) => void,
): readonly DataColumn<Wallet>[] => [
  {
    id: "address",
    header: "Address",
    isName: true,
    cell: (wallet) => (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <AddressText value={wallet.address} kind="wallet address" whole />
        {wallet.isTest ? <span className="font-normal text-attention-text">test wallet, for localnets</span> : null}
        {wallet.address === currentAddress ? <span className="font-normal text-ink-muted">this session</span> : null}
      </span>
    ),
    text: (wallet) => wallet.address,
  },
  {
    id: "lastUsedAt",
    header: "Last sign-in",
    align: "right",
    cell: (wallet) => <AgeText at={wallet.lastUsedAt} />,
    text: (wallet) => wallet.lastUsedAt,
  },
  {
    id: "createdAt",
    header: "Linked",
    align: "right",
    cell: (wallet) => <AgeText at={wallet.createdAt} />,
    text: (wallet) => wallet.createdAt,
  },
  {
    id: "acts",
    header: "Acts",
    align: "right",
    cell: (wallet) =>
      isOnly ? (
        <span className="text-ink-muted">your only wallet</span>
      ) : (
        <Button size="small" kind="dangerQuiet" onClick={() => onUnlink(wallet)}>
          Unlink<span className="sr-only"> {wallet.address}</span>
        </Button>
      ),
  },
];

/** The wallets that open this account. */
export function WalletList({ initial, currentAddress, networks }: WalletListProps) {
  const [network, ...others] = networks;
  const localnet = networks.find(({ kind }) => kind === "localnet");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(trpc.identity.listWallets.queryOptions({}, initial ? { initialData: initial } : {}));
  const [isLinking, setLinking] = useState(false);
  const [walletAct, setWalletAct] = useState<"backUp" | "restore">();
  const [unlinking, setUnlinking] = useState<Wallet>();
  const isOnly = read.data?.items.length === 1;
  const columns = useMemo(() => columnsWith(currentAddress, isOnly, setUnlinking), [currentAddress, isOnly]);
  const unlink = useAct(
    (wallet: Wallet) => client.identity.unlinkWallet.mutate({ walletId: wallet.id }),
    () => {
      // This session is over with its wallet: everything that is shown belongs to nobody now.
      if (unlinking?.address === currentAddress) window.location.assign("/sign-in");
      setUnlinking(undefined);
    },
  );
  return (
    <ListPage
      id="wallets"
      title="Wallets"
      facts="Each of these opens this account, and can hold validators of its own."
      actions={
        network ? (
          <>
            {localnet ? (
              <>
                <Button onClick={() => setWalletAct("backUp")}>Back up test wallet</Button>
                <Button onClick={() => setWalletAct("restore")}>Restore test wallet</Button>
              </>
            ) : null}
            <Button kind="primary" onClick={() => setLinking(true)}>
              <Plus />
              Link wallet
            </Button>
          </>
        ) : undefined
      }
      subject="The list of wallets"
      read={read}
      columns={columns}
      rowId={(wallet) => wallet.id}
      empty={<EmptyState title="No wallet">An account has at least one; ask again.</EmptyState>}
    >
      {network ? (
        <>
          <LinkWallet open={isLinking} onOpenChange={setLinking} networks={[network, ...others]} />
          <Suspense fallback={null}>
            {localnet && walletAct === "backUp" ? (
              <BackUpTestWallet open onOpenChange={() => setWalletAct(undefined)} network={localnet} />
            ) : null}
            {walletAct === "restore" ? <RestoreTestWallet open onOpenChange={() => setWalletAct(undefined)} /> : null}
          </Suspense>
        </>
      ) : null}
      <DangerSheet
        open={unlinking !== undefined}
        onOpenChange={() => {
          unlink.forget();
          setUnlinking(undefined);
        }}
        act={`Unlink ${unlinking ? shortenMiddle(unlinking.address) : "wallet"}`}
        effects={[
          "The wallet no longer opens this account; every session that was signed in with it ends.",
          ...(unlinking !== undefined && unlinking.address === currentAddress
            ? ["This session is one of them: you sign in again with another of your wallets."]
            : []),
          "Validators of the wallet stay with the organisation. Their transactions still need that wallet.",
        ]}
        duration="At once."
        cost="Nothing."
        wayBack="Link it again by signing with it."
        isBusy={unlink.isBusy}
        error={unlink.error}
        onConfirm={() => {
          if (unlinking) void unlink.run(unlinking);
        }}
      />
    </ListPage>
  );
}
