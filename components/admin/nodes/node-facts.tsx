"use client";

import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { Panel } from "@/components/ui/panel";
import { stepTitle } from "@/components/validators/step-title";
import { useRegionName } from "@/components/validators/use-region-name";
import { groupDigits } from "@/lib/format/group-digits";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import { NotMeasured } from "./measured";

const none = (words: string) => <span className="text-ink-muted">{words}</span>;

/** What is wanted of the node, where it is, and what protects its key. */
export function NodeFacts({ node, setup }: { node: NodeView; setup: SetupRequestView }) {
  const regionName = useRegionName();
  const unknown = <NotMeasured node={node} />;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Operation" flush>
        <FactList
          facts={[
            { label: "Wanted", value: node.desiredState },
            {
              label: "Under way",
              value: node.operation
                ? `${node.operation}${node.operationStep ? `: ${stepTitle(node.operationStep)}` : ""}`
                : none("nothing"),
            },
            {
              label: "Held back",
              value:
                node.heldAt === null ? (
                  "no"
                ) : (
                  <>
                    <AgeText at={node.heldAt} />: {node.heldReason}
                  </>
                ),
            },
            { label: "Runtime", value: node.runtime },
            { label: "Region and size", value: `${regionName(setup.regionCode)}, ${setup.tierCode}` },
            { label: "Started", value: node.startedAt ? <AgeText at={node.startedAt} /> : unknown },
            {
              label: "Signing floor",
              value:
                node.watermarkHeight && node.watermarkHeight !== "0"
                  ? `height ${groupDigits(node.watermarkHeight)}`
                  : none("nothing signed yet"),
            },
          ]}
        />
      </Panel>
      <Panel title="Identity" flush>
        <FactList
          facts={[
            { label: "Operator", value: <AddressText value={setup.operatorAddress} kind="operator address" /> },
            {
              label: "Consensus key",
              value: setup.consensusPubkey ? (
                <AddressText value={setup.consensusPubkey} kind="consensus public key" />
              ) : (
                none("not told by the node yet")
              ),
            },
            {
              label: "Peer address",
              value: node.p2pEndpoint ? <AddressText value={node.p2pEndpoint} kind="peer address" /> : unknown,
            },
            {
              label: "RPC",
              value: node.rpcEndpoint ? <span className="font-mono text-xs">{node.rpcEndpoint}</span> : unknown,
            },
            { label: "Binary", value: node.binaryVersion },
            { label: "Reports itself as", value: node.nodeVersion ?? unknown },
          ]}
        />
      </Panel>
    </div>
  );
}
