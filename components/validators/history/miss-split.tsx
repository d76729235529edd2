import { useId } from "react";
import { STATE_MARK, type State } from "@/components/state/state";
import { classNames } from "@/components/ui/class-names";
import { formatShare } from "@/lib/format/format-percent";
import { groupDigits } from "@/lib/format/group-digits";
import { MISS_CAUSES, type MissCause } from "@/server/domains/validators/constants";
import type { NodeHistory } from "@/server/domains/validators/history/schemas";
import { MISS_CAUSE_WORDS } from "./miss-cause-words";

/** The state that the node was in then, in that state's colour; a node that was well has none. */
const STATE_OF: Record<MissCause, State | null> = {
  stopped: "off",
  down: "danger",
  no_peers: "attention",
  behind: "moving",
  in_sync: null,
  unknown: "unknown",
};
const markOf = (cause: MissCause): string => {
  const state = STATE_OF[cause];
  return state === null ? "text-ink" : STATE_MARK[state];
};

type Bar = { readonly cause: MissCause; readonly from: number; readonly width: number };

/** The parts one behind the other, in percent of the whole. */
function barsOf(parts: readonly MissCause[], byCause: NodeHistory["misses"]["byCause"], total: number): readonly Bar[] {
  const bars: Bar[] = [];
  let from = 0;
  for (const cause of parts) {
    const width = (100 * byCause[cause]) / total;
    bars.push({ cause, from, width });
    from += width;
  }
  return bars;
}

/** Missed blocks of a time by what explains them, as one bar and in words. */
export function MissSplit({ misses }: { misses: NodeHistory["misses"] }) {
  const hatchId = useId();
  const total = MISS_CAUSES.reduce((sum, cause) => sum + misses.byCause[cause], 0);
  if (misses.readToHeightBlocks === null) {
    return (
      <p className="hatch rounded-md p-1">
        <span className="block rounded-sm bg-panel px-3 py-2 text-sm text-ink-muted">
          No block of this validator has been gone through yet; its misses get their cause two minutes after the block.
        </span>
      </p>
    );
  }
  if (total === 0) {
    return (
      <p className="text-sm text-ink-muted">
        No block was missed in this time, up to height {groupDigits(misses.readToHeightBlocks)}.
      </p>
    );
  }
  const parts = MISS_CAUSES.filter((cause) => misses.byCause[cause] > 0);
  const bars = barsOf(parts, misses.byCause, total);
  const shareOf = (cause: MissCause): string => formatShare(BigInt(misses.byCause[cause]), BigInt(total));
  return (
    <div className="grid gap-3">
      <svg width="100%" height="12" aria-hidden="true" className="block overflow-hidden rounded-sm">
        <defs>
          <pattern
            id={hatchId}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
            className={STATE_MARK.unknown}
          >
            <path d="M0 0V5" strokeWidth="2" stroke="currentColor" />
          </pattern>
        </defs>
        {bars.map(({ cause, from, width }) => (
          <rect
            key={cause}
            x={`${from}%`}
            width={`${width}%`}
            height="12"
            fill={cause === "unknown" ? `url(#${hatchId})` : "currentColor"}
            className={classNames("stroke-panel", markOf(cause))}
          />
        ))}
      </svg>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {parts.map((cause) => (
          <div key={cause}>
            <dt className="text-sm">
              <svg width="10" height="10" aria-hidden="true" className={classNames("mr-2 inline-block", markOf(cause))}>
                <rect width="10" height="10" rx="2" fill={cause === "unknown" ? `url(#${hatchId})` : "currentColor"} />
              </svg>
              {MISS_CAUSE_WORDS[cause].title}: {groupDigits(misses.byCause[cause])} ({shareOf(cause)})
            </dt>
            <dd className="pl-[18px] text-xs text-ink-muted">{MISS_CAUSE_WORDS[cause].meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-ink-muted">Blocks up to height {groupDigits(misses.readToHeightBlocks)}.</p>
    </div>
  );
}
