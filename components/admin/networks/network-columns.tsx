import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { StateBadge } from "@/components/state/state-badge";
import type { Network } from "@/server/domains/chain/networks/schemas";
import { NETWORK_JUDGEMENT } from "./network-judgement";

const muted = (words: string) => <span className="text-ink-muted">{words}</span>;

export const NETWORK_COLUMNS: readonly DataColumn<Network>[] = [
  {
    id: "name",
    header: "Network",
    isName: true,
    cell: (network) => <NameCell name={network.displayName} />,
    text: (network) => network.displayName,
  },
  {
    id: "chainId",
    header: "Chain id",
    cell: (network) => <span className="font-mono text-xs">{network.chainId}</span>,
    text: (network) => network.chainId,
  },
  {
    id: "status",
    header: "Status",
    cell: (network) => <StateBadge {...NETWORK_JUDGEMENT[network.status]} />,
    text: (network) => network.status,
  },
  { id: "kind", header: "Kind", cell: (network) => network.kind, text: (network) => network.kind },
  {
    id: "denom",
    header: "Coin",
    cell: (network) => `${network.displayDenom} (${network.baseDenom})`,
    text: (network) => network.baseDenom,
  },
  {
    id: "prefix",
    header: "Addresses",
    cell: (network) => <span className="font-mono text-xs">{network.bech32.account}1…</span>,
    text: (network) => network.bech32.account,
  },
  {
    id: "version",
    header: "Release",
    cell: (network) => network.currentBinaryVersion ?? network.releases[0]?.version ?? muted("none"),
    text: (network) => network.currentBinaryVersion ?? network.releases[0]?.version ?? "",
  },
  {
    id: "nodes",
    header: "Nodes",
    cell: (network) => (network.takesNodes ? "can be made" : muted("cannot be made")),
    text: (network) => String(network.takesNodes),
  },
  {
    id: "default",
    header: "Offered first",
    cell: (network) => (network.isDefault ? "yes" : muted("no")),
    text: (network) => String(network.isDefault),
  },
];
