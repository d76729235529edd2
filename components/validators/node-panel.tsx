"use client";

import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { nodeJudgement } from "@/components/state/judgements";
import { StateBadge } from "@/components/state/state-badge";
import { Panel } from "@/components/ui/panel";
import { formatBytes } from "@/lib/format/format-bytes";
import { groupDigits } from "@/lib/format/group-digits";
import { SYNCED_LAG_BLOCKS } from "@/server/domains/validators/constants";
import type { NodeView } from "@/server/domains/validators/nodes/schemas";
import type { SetupRequestView } from "@/server/domains/validators/requests/schemas";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { CatchUpPanel } from "./catch-up/catch-up-panel";
import { useCatchUpSamples } from "./catch-up/use-catch-up";
import { useRegionName } from "./use-region-name";

const NO_EVENTS: readonly ProvisioningEventView[] = [];

/** The node as host and node last told it; what was never measured is unknown. */
export function NodePanel({ setup, node }: { setup: SetupRequestView; node: NodeView | null }) {
  const regionName = useRegionName();
  const samples = useCatchUpSamples(node, NO_EVENTS);
  if (node === null) return <p className="text-sm text-ink-muted">This validator has no node.</p>;
  const why = node.lastCheckError ?? "Not measured yet.";
  const orUnknown = (value: string | null) => value ?? <UnknownText reason={why} />;
  const isBehind = node.isCatchingUp === true || (node.lagBlocks !== null && node.lagBlocks > SYNCED_LAG_BLOCKS);
  return (
    <>
      {isBehind && node.status !== "stopped" && node.status !== "terminated" ? (
        <CatchUpPanel samples={samples} node={node} />
      ) : null}
      <Panel flush>
        <FactList
          layout="page"
          facts={[
            {
              label: "State",
              value: (
                <>
                  <StateBadge {...nodeJudgement(node)} /> <span className="ml-2">{node.statusMessage}</span>
                </>
              ),
            },
            {
              label: "Last answer",
              value: node.lastSeenAt ? <AgeText at={node.lastSeenAt} /> : <UnknownText reason={why} />,
            },
            {
              label: "Runtime, region, size",
              value: `${node.runtime}, ${regionName(setup.regionCode)}, ${setup.tierCode}`,
            },
            {
              label: "Version",
              value: `${node.binaryVersion}${node.nodeVersion ? ` (CometBFT ${node.nodeVersion})` : ""}`,
            },
            {
              label: "Peer address",
              value: node.p2pEndpoint ? (
                <AddressText value={node.p2pEndpoint} kind="peer address" whole />
              ) : (
                <UnknownText reason={why} />
              ),
            },
            {
              label: "Highest height ever signed for",
              value: node.watermarkHeight ? (
                <span className="font-mono">{groupDigits(node.watermarkHeight)}</span>
              ) : (
                <UnknownText reason="The sign state has not been read yet." />
              ),
            },
            { label: "Restarts by the host", value: orUnknown(node.restartCount?.toString() ?? null) },
            { label: "Processor", value: orUnknown(node.cpuPercent === null ? null : `${node.cpuPercent} %`) },
            {
              label: "Memory",
              value: orUnknown(node.memoryUsedBytes === null ? null : formatBytes(node.memoryUsedBytes)),
            },
            {
              label: "Volume",
              value: orUnknown(node.volumeUsedBytes === null ? null : formatBytes(node.volumeUsedBytes)),
            },
            { label: "Node id", value: <span className="font-mono text-xs">{node.id}</span> },
          ]}
        />
      </Panel>
    </>
  );
}
