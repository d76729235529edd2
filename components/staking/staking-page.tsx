"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/state/empty-state";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { isBech32Address } from "@/lib/chain/bech32-address";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import { chosenWallet } from "./chosen-wallet";
import type { StakingNetwork } from "./staking-network";
import type { FirstPosition } from "./use-position";
import { WalletStake } from "./wallet-stake";

type StakingPageProps = {
  networks: readonly StakingNetwork[];
  /** Addresses of the reader's own wallets. */
  wallets: readonly string[];
  canAct: boolean;
  /** What the server read of the wallet that the page begins with; undefined where the chain did not answer in time. */
  first?: FirstPosition | undefined;
};

/** Stake, rewards and unbonding of the reader's own wallets, one wallet and network at a time; both stand in the address. */
export function StakingPage({ networks, wallets, canAct, first }: StakingPageProps) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const { network, own, address } = chosenWallet({ networks, wallets }, search);
  const delegateTo = search.get("delegate") ?? "";
  const wanted =
    network && isBech32Address(delegateTo, network.bech32.validator)
      ? ({ kind: "delegate", operatorAddress: delegateTo, moniker: shortenMiddle(delegateTo) } as const)
      : undefined;
  const choose = (name: "network" | "wallet", value: string) => {
    const next = new URLSearchParams(search);
    next.set(name, value);
    router.replace(`${pathname}?${next}`);
  };
  return (
    <div className="max-w-320">
      <PageHeader title="Stake and rewards" />
      {network === undefined ? (
        <Panel>
          <EmptyState title="No network yet">As soon as a network is active, wallets can stake on it here.</EmptyState>
        </Panel>
      ) : address === undefined ? (
        <Panel>
          <EmptyState title="No wallet for this network">
            Link a wallet of {network.displayName} under Account, Wallets; its stake stands here then.
          </EmptyState>
        </Panel>
      ) : (
        <div className="grid gap-4">
          {own.length + networks.length > 2 ? (
            <div className="grid gap-3 sm:grid-cols-2">
              <Field label="Wallet" required>
                {(control) => (
                  <Select {...control} value={address} onChange={(event) => choose("wallet", event.target.value)}>
                    {own.map((one) => (
                      <option key={one} value={one}>
                        {shortenMiddle(one)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label="Network" required>
                {(control) => (
                  <Select
                    {...control}
                    value={network.chainId}
                    onChange={(event) => choose("network", event.target.value)}
                  >
                    {networks.map(({ chainId, displayName }) => (
                      <option key={chainId} value={chainId}>
                        {displayName}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            </div>
          ) : null}
          <WalletStake
            key={`${network.id}/${address}`}
            network={network}
            address={address}
            canAct={canAct}
            wanted={wanted}
            first={first}
            isLate={first === undefined}
          />
        </div>
      )}
    </div>
  );
}
