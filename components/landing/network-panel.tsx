import { BlockGrid } from "@/components/figures/block-grid";
import type { BlockCell, BlockState } from "@/components/figures/block-grid-layout";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";

/** What is known of the network: its last blocks, or why there are none to show. */
export type NetworkPanelProps =
  | {
      status: "live";
      name: string;
      chainId: string;
      /** `signed`: the whole set signed; `missed`: somebody did not, the note says how many. */
      blocks: readonly BlockCell[];
      capacity: number;
      averageBlockMs: number | null;
    }
  | { status: "down"; name: string; sentence: string; code?: string | undefined }
  | { status: "starting"; sentence: string };

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
          <span className="block rounded-sm bg-panel px-4 py-6 text-base">{props.sentence}</span>
        </p>
      </Panel>
    );
  }
  if (props.status === "down") {
    return (
      <Panel title={props.name} flush>
        <UpstreamDown fills upstream={props.name} sentence={props.sentence} code={props.code} />
      </Panel>
    );
  }
  return (
    <Panel
      title={props.name}
      aside={
        <>
          <span className="hidden font-mono sm:inline">{props.chainId}</span>
          {props.averageBlockMs === null ? null : <span>a block every {formatDuration(props.averageBlockMs)}</span>}
          <StateBadge state="ok" word="Live" />
        </>
      }
    >
      <BlockGrid
        label={`Last blocks of ${props.name}`}
        blocks={props.blocks}
        capacity={props.capacity}
        words={NETWORK_WORDS}
      />
    </Panel>
  );
}
