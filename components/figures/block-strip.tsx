import { BLOCK_STATES, type BlockCell, type BlockState, countStates, fillWindow } from "./block-grid-layout";
import { SIGNING_WORDS } from "./signing-words";

const PITCH_PX = 4;
const BAR_PX = 3;
const HEIGHT_PX = 16;

/** Each state is a shape of its own, not a colour alone: a whole bar, a broken one, a dot, an outline. */
const BARS: Record<BlockState, { readonly path: (x: number) => string; readonly className: string }> = {
  signed: { path: (x) => `M${x} 0h${BAR_PX}v${HEIGHT_PX}h-${BAR_PX}z`, className: "fill-ok-cell" },
  missed: {
    path: (x) => `M${x} 0h${BAR_PX}v5h-${BAR_PX}zM${x} 11h${BAR_PX}v5h-${BAR_PX}z`,
    className: "fill-danger-mark",
  },
  absent: { path: (x) => `M${x} 7h${BAR_PX}v2h-${BAR_PX}z`, className: "fill-unknown-mark" },
  unknown: {
    path: (x) => `M${x + 0.5} .5h${BAR_PX - 1}v${HEIGHT_PX - 1}h-${BAR_PX - 1}z`,
    className: "fill-none stroke-unknown-mark",
  },
};

/** The last blocks as a strip for a row of a table, the newest at the right; `label` begins its summary for assistive technology. */
export function BlockStrip({
  label,
  blocks,
  capacity,
}: {
  label: string;
  blocks: readonly BlockCell[];
  capacity: number;
}) {
  const window = fillWindow(blocks, capacity);
  const counts = countStates(window);
  const summary = BLOCK_STATES.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${SIGNING_WORDS[state]}`)
    .join(", ");
  const first = capacity - window.length;
  const paths = BLOCK_STATES.map((state) => ({
    state,
    path: window
      .map((cell, index) => (cell.state === state ? BARS[state].path((first + index) * PITCH_PX) : ""))
      .join(""),
  }));
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
        <title>{summary}</title>
        {paths.map(({ state, path }) =>
          path === "" ? null : <path key={state} d={path} className={BARS[state].className} />,
        )}
      </svg>
      {counts.missed > 0 ? <span className="text-xs text-danger-text">{counts.missed} missed</span> : null}
    </span>
  );
}
