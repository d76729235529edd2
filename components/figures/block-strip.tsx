import { useId } from "react";
import { BLOCK_STATES, type BlockState } from "./block-grid-layout";
import { SIGNING_WORDS } from "./signing-words";

const PITCH_PX = 4;
const BAR_PX = 3;
const HEIGHT_PX = 16;

/** Each state is a shape of its own, not a colour alone: a whole bar, a broken one, a dot, a hatched one. */
const BARS: Record<BlockState, (x: number) => string> = {
  signed: (x) => `M${x} 0h${BAR_PX}v${HEIGHT_PX}h-${BAR_PX}z`,
  missed: (x) => `M${x} 0h${BAR_PX}v5h-${BAR_PX}zM${x} 11h${BAR_PX}v5h-${BAR_PX}z`,
  absent: (x) => `M${x} 7h${BAR_PX}v2h-${BAR_PX}z`,
  unknown: (x) => `M${x} 0h${BAR_PX}v${HEIGHT_PX}h-${BAR_PX}z`,
};
const FILLS: Record<Exclude<BlockState, "unknown">, string> = {
  signed: "fill-ok-cell",
  missed: "fill-danger-mark",
  absent: "fill-unknown-mark",
};

type BlockStripProps = {
  /** Begins the summary for assistive technology: "Last blocks of eu-1". */
  label: string;
  /** Oldest first; the last one stands at the right edge. */
  states: readonly BlockState[];
  /** How many blocks there is room for. */
  capacity: number;
};

/** The last blocks as a strip for a row of a table; misses are said in words beside it. */
export function BlockStrip({ label, states, capacity }: BlockStripProps) {
  const id = useId();
  const shown = states.slice(-capacity);
  const countOf = (state: BlockState) => shown.filter((one) => one === state).length;
  const summary = BLOCK_STATES.filter((state) => countOf(state) > 0)
    .map((state) => `${countOf(state)} ${SIGNING_WORDS[state]}`)
    .join(", ");
  const pathOf = (state: BlockState) =>
    shown
      .map((one, index) => (one === state ? BARS[state]((capacity - shown.length + index) * PITCH_PX) : ""))
      .join("");
  const widthPx = capacity * PITCH_PX - (PITCH_PX - BAR_PX);
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <svg
        role="img"
        aria-label={`${label}: ${summary}`}
        width={widthPx}
        height={HEIGHT_PX}
        viewBox={`0 0 ${widthPx} ${HEIGHT_PX}`}
        className="shrink-0"
      >
        <defs>
          <pattern id={`${id}-hatch`} width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="3" height="3" className="fill-unknown-wash" />
            <path d="M0 0V3" strokeWidth="1.5" className="stroke-unknown-mark" />
          </pattern>
        </defs>
        {(["signed", "missed", "absent"] as const).map((state) =>
          countOf(state) === 0 ? null : <path key={state} d={pathOf(state)} className={FILLS[state]} />,
        )}
        {countOf("unknown") === 0 ? null : <path d={pathOf("unknown")} fill={`url(#${id}-hatch)`} />}
      </svg>
      {countOf("missed") === 0 ? null : (
        <span aria-hidden="true" className="text-xs text-danger-text">
          {countOf("missed")} missed
        </span>
      )}
    </span>
  );
}
