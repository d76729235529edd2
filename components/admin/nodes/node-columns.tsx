import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { nodeJudgement, standingJudgement, standingText } from "@/components/state/judgements";
import { StateBadge } from "@/components/state/state-badge";
import { RegionName } from "@/components/validators/region-name";
import { groupDigits } from "@/lib/format/group-digits";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { Measured } from "./measured";

/** A node with the request it belongs to. */
export type NodeRow = {
  readonly node: NodeView;
  readonly setupRequest: SetupRequestView;
  readonly organizationId: string;
};

const number = (value: string | number | null): string | null => (value === null ? null : groupDigits(value));

export const NODE_COLUMNS: readonly DataColumn<NodeRow>[] = [
  {
    id: "name",
    header: "Validator",
    isSortable: true,
    isName: true,
    cell: ({ setupRequest }) => <NameCell name={setupRequest.validatorName} />,
    text: ({ setupRequest }) => setupRequest.validatorName,
  },
  {
    id: "standing",
    header: "Validator's state",
    cell: ({ setupRequest }) => <StateBadge {...standingJudgement(setupRequest.standing)} />,
    text: ({ setupRequest }) => standingText(setupRequest.standing),
  },
  {
    id: "node",
    header: "Node",
    cell: ({ node }) => (
      <span className="font-mono text-xs" title={node.id}>
        {shortenMiddle(node.id, 5, 6)}
      </span>
    ),
    text: ({ node }) => node.id,
  },
  {
    id: "status",
    header: "Node's state",
    cell: ({ node }) => <StateBadge {...nodeJudgement(node)} />,
    text: ({ node }) => node.status,
  },
  {
    id: "operation",
    header: "Under way",
    cell: ({ node }) => node.operation ?? <span className="text-ink-muted">nothing</span>,
    text: ({ node }) => node.operation ?? "",
  },
  { id: "runtime", header: "Runtime", cell: ({ node }) => node.runtime, text: ({ node }) => node.runtime },
  {
    id: "region",
    header: "Region",
    cell: ({ setupRequest }) => <RegionName code={setupRequest.regionCode} />,
    text: ({ setupRequest }) => setupRequest.regionCode,
  },
  {
    id: "height",
    header: "Height",
    align: "right",
    cell: ({ node }) => <Measured node={node} value={number(node.lastBlockHeight)} source="The node's own RPC" />,
    text: ({ node }) => node.lastBlockHeight ?? "",
  },
  {
    id: "lag",
    header: "Behind",
    align: "right",
    cell: ({ node }) => (
      <Measured node={node} value={number(node.lagBlocks)} source="Its height against the watcher's tip, in blocks" />
    ),
    text: ({ node }) => String(node.lagBlocks ?? ""),
  },
  {
    id: "peers",
    header: "Peers",
    align: "right",
    cell: ({ node }) => <Measured node={node} value={number(node.peerCount)} source="The node's own RPC" />,
    text: ({ node }) => String(node.peerCount ?? ""),
  },
  {
    id: "seen",
    header: "Last heard of",
    align: "right",
    cell: ({ node }) =>
      node.lastSeenAt ? <AgeText at={node.lastSeenAt} /> : <span className="text-ink-muted">not yet</span>,
    text: ({ node }) => node.lastSeenAt ?? "",
  },
];
