"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";

type NetworkChoiceProps = {
  networks: readonly WalletNetwork[];
  value: string;
  onValueChange: (chainId: string) => void;
};

/** Which network's account is meant, where addresses differ; nothing where there is nothing to choose. */
export function NetworkChoice({ networks, value, onValueChange }: NetworkChoiceProps) {
  if (networks.length < 2) return null;
  return (
    <RadioCards
      name="network"
      legend="Network of the account"
      value={value}
      onValueChange={onValueChange}
      options={networks.map(({ chainId, displayName, bech32 }) => ({
        value: chainId,
        title: displayName,
        description: (
          <>
            {chainId}; addresses begin with <span className="font-mono">{bech32.account}1</span>
          </>
        ),
      }))}
    />
  );
}
