type OfferedNetwork = {
  readonly id: string;
  readonly takesNodes: boolean;
  readonly bech32: { readonly account: string };
};

/**
 * The networks that nodes can be made for, each with the person's wallet on it, and which of them the wizard is about: the one they chose while
 * they have a wallet there, else the first such. The session's own wallet comes first among `wallets`.
 */
export function chooseNetwork<Network extends OfferedNetwork>(
  networks: readonly Network[],
  wallets: readonly string[],
  wantedId: string | undefined,
): {
  readonly offered: readonly { readonly network: Network; readonly walletAddress: string | null }[];
  readonly chosen: { readonly network: Network; readonly walletAddress: string } | null;
} {
  const offered = networks
    .filter(({ takesNodes }) => takesNodes)
    .map((network) => ({
      network,
      walletAddress: wallets.find((address) => address.startsWith(`${network.bech32.account}1`)) ?? null,
    }));
  const usable = offered.flatMap(({ network, walletAddress }) =>
    walletAddress === null ? [] : [{ network, walletAddress }],
  );
  return { offered, chosen: usable.find(({ network }) => network.id === wantedId) ?? usable[0] ?? null };
}
