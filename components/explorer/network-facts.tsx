import { FactList } from "@/components/figures/fact-list";
import type { Network } from "@/server/domains/chain/networks/schemas";

const NONE = <span className="text-ink-muted">none given</span>;

const lines = (values: readonly string[]) =>
  values.length === 0 ? (
    NONE
  ) : (
    <ul className="font-mono text-[0.92em]">
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );

/** What somebody needs to join the network or to add it to a wallet, as its record says. */
export function NetworkFacts({ network }: { network: Network }) {
  const mono = (value: string | null) =>
    value === null ? NONE : <span className="font-mono text-[0.92em]">{value}</span>;
  return (
    <FactList
      layout="page"
      facts={[
        { label: "Chain id", value: mono(network.chainId) },
        { label: "Coin", value: `${network.displayDenom} (${network.baseDenom}, ${network.denomExponent} digits)` },
        { label: "Address prefixes", value: mono(`${network.bech32.account}, ${network.bech32.validator}`) },
        { label: "Coin type of the wallet's path", value: String(network.coinType) },
        { label: "SHA-256 of the genesis file", value: mono(network.genesisSha256) },
        { label: "Genesis file", value: mono(network.genesisUrl) },
        { label: "Peers", value: lines(network.persistentPeers) },
        { label: "Seeds", value: lines(network.seeds) },
        { label: "RPC", value: lines(network.rpcUrls) },
        { label: "REST", value: lines(network.restUrls) },
      ]}
    />
  );
}
