import { FactList } from "@/components/figures/fact-list";
import { Panel } from "@/components/ui/panel";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";

const none = (words: string) => <span className="text-ink-muted">{words}</span>;
const link = (url: string) => (
  <a href={url} className="break-all text-accent hover:underline" rel="noreferrer">
    {url}
  </a>
);

/** What the network is called and counted in. */
export function NetworkFacts({ record, hasFaucet }: { record: NetworkDraft; hasFaucet: boolean }) {
  const { gasPriceSteps: gas } = record;
  const ownFaucet = record.faucetUrl === null ? none("none") : link(record.faucetUrl);
  return (
    <Panel title="What it is" flush>
      <FactList
        facts={[
          { label: "Kind", value: record.kind },
          { label: "Offered first", value: record.isDefault ? "yes" : none("no") },
          { label: "Coin", value: `${record.displayDenom}, ${record.baseDenom} with exponent ${record.denomExponent}` },
          { label: "Gas price", value: `${gas.low}, ${gas.average}, ${gas.high} ${record.baseDenom}` },
          { label: "Accounts", value: <code>{record.bech32.account}1…</code> },
          { label: "Validators", value: <code>{record.bech32.validator}1…</code> },
          { label: "Coin type", value: record.coinType },
          { label: "Explorer", value: record.explorerUrl === null ? none("none") : link(record.explorerUrl) },
          { label: "Faucet", value: hasFaucet ? "this installation's own" : ownFaucet },
        ]}
      />
    </Panel>
  );
}
