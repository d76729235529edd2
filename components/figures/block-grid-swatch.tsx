import type { BlockState } from "./block-grid-layout";

const DRAWINGS: Record<BlockState, React.ReactNode> = {
  signed: <rect width="10" height="10" className="fill-ok-cell" />,
  missed: (
    <>
      <rect width="10" height="10" className="fill-danger-mark" />
      <path d="M2.5 5H7.5" strokeWidth="2" className="stroke-panel" />
    </>
  ),
  absent: <rect x="3" y="3" width="4" height="4" className="fill-unknown-mark" />,
  unknown: (
    <>
      <rect width="10" height="10" className="fill-unknown-wash" />
      <path d="M0 4 4 0M0 9 9 0M2 10l8-8M7 10l3-3" strokeWidth="1.2" className="stroke-unknown-mark" />
    </>
  ),
};

/** The cell of one state, for the grid's legend. */
export function BlockGridSwatch({ state }: { state: BlockState }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className="size-2.5 shrink-0">
      {DRAWINGS[state]}
    </svg>
  );
}
