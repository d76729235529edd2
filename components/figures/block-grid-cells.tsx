"use client";

import { memo, type PointerEvent, useId, useMemo } from "react";
import { type BlockCell, gapFor, pathOfEmptySlots, pathsByState } from "./block-grid-layout";

type Slot = { column: number; row: number };

type BlockGridCellsProps = {
  window: readonly BlockCell[];
  grid: { capacity: number; columns: number; pitchPx: number };
  /** Where the newest block stands. */
  head: Slot;
  chosen: Slot | undefined;
  onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
  onPointerLeave: () => void;
};

/** The drawing of a block grid: four paths, the head of the sweep, and the chosen cell. */
export function BlockGridCells({ window, grid, head, chosen, onPointerMove, onPointerLeave }: BlockGridCellsProps) {
  const { capacity, columns, pitchPx } = grid;
  const rows = Math.ceil(capacity / columns);
  const gap = gapFor(pitchPx);
  const outline = (slot: Slot) => ({
    x: slot.column * pitchPx - 1,
    y: slot.row * pitchPx - 1,
    width: pitchPx - gap + 2,
    height: pitchPx - gap + 2,
  });
  const widthPx = Math.min(columns, capacity) * pitchPx - gap;
  const heightPx = rows * pitchPx - gap;
  return (
    <svg
      width={widthPx}
      height={heightPx}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      aria-hidden="true"
      className="block h-auto max-w-full overflow-visible"
      onPointerMove={onPointerMove}
      onPointerDown={onPointerMove}
      onPointerLeave={onPointerLeave}
    >
      <rect width={widthPx} height={heightPx} fill="transparent" />
      <Paths window={window} capacity={capacity} columns={columns} pitchPx={pitchPx} />
      <rect {...outline(head)} fill="none" strokeWidth={1.5} className="stroke-ink" rx={1} />
      {chosen ? <rect {...outline(chosen)} fill="none" strokeWidth={2} className="stroke-accent" rx={1} /> : null}
    </svg>
  );
}

type PathsProps = { window: readonly BlockCell[]; capacity: number; columns: number; pitchPx: number };

const Paths = memo(function Paths({ window, capacity, columns, pitchPx }: PathsProps) {
  const id = useId();
  const paths = useMemo(
    () => pathsByState(window, { capacity, columns, pitchPx }),
    [window, capacity, columns, pitchPx],
  );
  const newest = window.at(-1)?.heightBlocks ?? 0;
  const emptySlots = useMemo(
    () => pathOfEmptySlots(newest, { capacity, columns, pitchPx }),
    [newest, capacity, columns, pitchPx],
  );
  return (
    <>
      <defs>
        <pattern id={`${id}-hatch`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className="fill-unknown-wash" />
          <path d="M0 0V4" strokeWidth="2" className="stroke-unknown-mark" />
        </pattern>
        {/* The bar makes a miss a shape of its own, not a colour alone. */}
        <pattern id={`${id}-miss`} width={pitchPx} height={pitchPx} patternUnits="userSpaceOnUse">
          <rect width={pitchPx} height={pitchPx} className="fill-danger-mark" />
          <path
            d={`M${pitchPx / 4} ${pitchPx * 0.44}H${pitchPx * 0.63}`}
            strokeWidth={Math.max(1.5, pitchPx / 7)}
            className="stroke-panel"
          />
        </pattern>
      </defs>
      {emptySlots === "" ? null : <path d={emptySlots} className="fill-raised" />}
      <path d={paths.signed} className="fill-ok-cell" />
      <path d={paths.missed} fill={`url(#${id}-miss)`} />
      <path d={paths.absent} className="fill-unknown-mark" />
      <path d={paths.unknown} fill={`url(#${id}-hatch)`} />
    </>
  );
});
