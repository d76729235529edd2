"use client";

import Link from "next/link";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { type Fact, FactList } from "@/components/figures/fact-list";
import { nodeJudgement } from "@/components/state/judgements";
import { StandingBadge } from "@/components/state/standing-badge";
import { StateBadge } from "@/components/state/state-badge";
import { Panel } from "@/components/ui/panel";
import { useRegionName } from "@/components/validators/use-region-name";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";

const none = (words: string) => <span className="text-ink-muted">{words}</span>;

/** What was asked for, what it came to, and the node that it has. */
export function SetupRequestFacts({ setup, node }: { setup: SetupRequestView; node: NodeView | null }) {
  const regionName = useRegionName();
  const asked: Fact[] = [
    { label: "Validator", value: <StandingBadge standing={setup.standing} /> },
    { label: "Operator", value: <AddressText value={setup.operatorAddress} kind="operator address" /> },
    {
      label: "Consensus key",
      value: setup.consensusPubkey ? (
        <AddressText value={setup.consensusPubkey} kind="consensus public key" />
      ) : (
        none("not told by the node yet")
      ),
    },
    { label: "Region and size", value: `${regionName(setup.regionCode)}, ${setup.tierCode}` },
    { label: "Retries used", value: String(setup.retryCount) },
    {
      label: "Transaction",
      value: setup.chainTxHash ? <AddressText value={setup.chainTxHash} kind="transaction hash" /> : none("not sent"),
    },
    { label: "Created", value: <AgeText at={setup.createdAt} /> },
    { label: "Changed", value: <AgeText at={setup.updatedAt} /> },
  ];
  return (
    <>
      <Panel title="Request" flush>
        <FactList facts={asked} />
      </Panel>
      <Panel
        title="Node"
        flush
        aside={
          node ? (
            <Link className="text-accent hover:underline" href={`/admin/nodes/${node.id}`}>
              Open node
            </Link>
          ) : undefined
        }
      >
        {node ? (
          <FactList
            facts={[
              { label: "State", value: <StateBadge {...nodeJudgement(node)} /> },
              { label: "Runtime", value: node.runtime },
              { label: "Under way", value: node.operation ?? none("nothing") },
              {
                label: "Last heard of",
                value: node.lastSeenAt ? <AgeText at={node.lastSeenAt} /> : none("not yet"),
              },
            ]}
          />
        ) : (
          <p className="p-4 text-sm text-ink-muted">
            This request has no node: none was made yet, or it was given back with its slot.
          </p>
        )}
      </Panel>
    </>
  );
}
