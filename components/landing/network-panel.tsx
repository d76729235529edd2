"use client";

import { BlockGrid } from "@/components/figures/block-grid";
import type { BlockState } from "@/components/figures/block-grid-layout";
import { useAsOfNow } from "@/components/figures/use-now";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";
import type { NetworkPulse } from "@/server/domains/chain/blocks/schemas";
import { PULSE_BLOCKS } from "@/server/domains/chain/constants";
import { pulseVerdict } from "./pulse-verdict";

/** What is known of the network: its last blocks, or why there are none to show. */
export type NetworkPanelProps =
  | { status: "live"; pulse: NetworkPulse }
  | { status: "down"; upstream: string; sentence: string; code?: string | undefined }
  | { status: "starting"; sentence: string; detail?: string | undefined };

/** The words of the network's grid: every cell is a block of the whole set. */
const NETWORK_WORDS: Record<BlockState, string> = {
  signed: "signed by the whole set",
  missed: "with somebody missing",
  absent: "before the first set",
  unknown: "not read",
};

/** The network as its blocks come in; what cannot be read is said to be so. */
export function NetworkPanel(props: NetworkPanelProps) {
  if (props.status === "starting") {
    return (
      <Panel title="The network">
        <p className="hatch rounded-md p-1">
          <span className="grid gap-0.5 rounded-sm bg-panel px-4 py-6 text-base">
            {props.sentence}
            {props.detail ? <span className="text-sm break-words text-ink-muted">{props.detail}</span> : null}
          </span>
        </p>
      </Panel>
    );
  }
  if (props.status === "down") {
    return (
      <Panel title="The network" flush>
        <UpstreamDown fills upstream={props.upstream} sentence={props.sentence} code={props.code} />
      </Panel>
    );
  }
  return <Pulse {...props.pulse} />;
}

function Pulse({ displayName, chainId, blocks, averageBlockMs }: NetworkPulse) {
  const verdict = useAsOfNow((nowMs) => pulseVerdict(blocks, averageBlockMs, nowMs));
  return (
    <Panel
      title={displayName}
      aside={
        <>
          <span className="hidden font-mono sm:inline">{chainId}</span>
          {averageBlockMs === null || verdict.state !== "ok" ? null : (
            <span>a block every {formatDuration(averageBlockMs)}</span>
          )}
          <StateBadge {...verdict} />
        </>
      }
    >
      <BlockGrid
        label={`Last blocks of ${displayName}`}
        blocks={blocks}
        capacity={PULSE_BLOCKS}
        words={NETWORK_WORDS}
      />
    </Panel>
  );
}
