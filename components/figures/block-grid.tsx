"use client";

import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from "react";
import { formatAge } from "@/lib/format/format-age";
import { formatInstant } from "@/lib/format/format-instant";
import { groupDigits } from "@/lib/format/group-digits";
import { BlockGridCells } from "./block-grid-cells";
import {
  BLOCK_STATES,
  type BlockCell,
  type BlockState,
  countStates,
  fillWindow,
  fitGrid,
  heightAt,
  previousIn,
  slotOf,
} from "./block-grid-layout";
import { BlockGridSwatch } from "./block-grid-swatch";
import { SIGNING_WORDS } from "./signing-words";
import { useElementWidth } from "./use-element-width";
import { useNow } from "./use-now";

type BlockGridProps = {
  /** What is shown: "Last 200 blocks of eu-1". Names the grid for assistive technology. */
  label: string;
  /** Any order; heights left out inside the window are drawn as unknown. */
  blocks: readonly BlockCell[];
  /** Size of the window in blocks, 10 to 10,000. */
  capacity: number;
  /** Other words for the states, as on the network's own grid. */
  words?: Record<BlockState, string>;
};

/** The usual width on a desk, so that what the server drew is mostly what stays. */
const SSR_WIDTH_PX = 1_152;

/** The last blocks, one cell each; hover, touch or the arrow keys tell a block's height and time; M steps to the miss before. */
export function BlockGrid({ label, blocks, capacity, words = SIGNING_WORDS }: BlockGridProps) {
  const id = useId();
  const [frame, widthPx = SSR_WIDTH_PX] = useElementWidth<HTMLDivElement>();
  const [chosen, setChosen] = useState<number>();
  const window = useMemo(() => fillWindow(blocks, capacity), [blocks, capacity]);
  const counts = useMemo(() => countStates(window), [window]);
  const { columns, pitchPx } = fitGrid(capacity, widthPx);
  const oldest = window[0]?.heightBlocks ?? 0;
  const newest = window.at(-1)?.heightBlocks ?? 0;
  const isChosenInside = chosen !== undefined && chosen >= oldest && chosen <= newest;
  const shown = window[(isChosenInside ? chosen : newest) - oldest];
  const summary = BLOCK_STATES.filter((state) => counts[state] > 0)
    .map((state) => `${groupDigits(counts[state])} ${words[state]}`)
    .join(", ");

  function onPointerMove(event: PointerEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (offsetPx: number) => Math.floor(offsetPx / pitchPx);
    setChosen(
      heightAt(at(event.clientX - box.left), at(event.clientY - box.top), { capacity, columns, oldest, newest }),
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    const from = isChosenInside ? chosen : newest;
    const page = Math.max(1, Math.round(window.length / 10));
    const targets: Record<string, number | undefined> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      ArrowDown: from - 1,
      PageUp: from + page,
      PageDown: from - page,
      Home: oldest,
      End: newest,
      m: previousIn(window, from, "missed"),
    };
    if (!(event.key in targets) || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const target = targets[event.key];
    if (target !== undefined) setChosen(Math.min(newest, Math.max(oldest, target)));
  }

  if (window.length === 0) {
    return (
      <div className="hatch flex h-16 items-center justify-center rounded-sm text-ink-muted">
        <span className="rounded-sm bg-panel px-2 py-0.5">No block has been read yet.</span>
      </div>
    );
  }
  return (
    <div>
      <div ref={frame} className="relative min-w-0">
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-describedby={`${id}-summary`}
          aria-valuemin={oldest}
          aria-valuemax={newest}
          aria-valuenow={shown?.heightBlocks ?? newest}
          aria-valuetext={
            shown
              ? `Block ${shown.heightBlocks}, ${words[shown.state]}${shown.note ? `, ${shown.note}` : ""}`
              : undefined
          }
          onKeyDown={onKeyDown}
          onBlur={() => setChosen(undefined)}
          className="w-fit max-w-full rounded-sm outline-offset-4"
        >
          <BlockGridCells
            window={window}
            grid={{ capacity, columns, pitchPx }}
            head={slotOf(newest, capacity, columns)}
            chosen={isChosenInside ? slotOf(chosen, capacity, columns) : undefined}
            onPointerMove={onPointerMove}
            onPointerLeave={() => setChosen(undefined)}
          />
        </div>
      </div>
      <div className="mt-3 flex min-h-9 flex-wrap sm:min-h-4 items-baseline justify-between gap-x-6 gap-y-1 text-xs">
        <p id={`${id}-summary`} className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted">
          <span className="sr-only">{`${groupDigits(window.length)} blocks: ${summary}.`}</span>
          {BLOCK_STATES.filter((state) => counts[state] > 0).map((state) => (
            <span key={state} aria-hidden="true" className="inline-flex items-center gap-1.5">
              <BlockGridSwatch state={state} />
              <span>
                <span className="text-ink">{groupDigits(counts[state])}</span> {words[state]}
              </span>
            </span>
          ))}
        </p>
        {shown ? <Readout cell={shown} words={words} isNewest={shown.heightBlocks === newest} /> : null}
      </div>
    </div>
  );
}

function Readout({ cell, words, isNewest }: { cell: BlockCell; words: Record<BlockState, string>; isNewest: boolean }) {
  const nowMs = useNow();
  const atMs = cell.at === undefined ? Number.NaN : Date.parse(cell.at);
  return (
    <p aria-hidden="true" className="text-ink-muted">
      {isNewest ? "Newest: " : ""}
      <span className="font-mono text-ink">{groupDigits(cell.heightBlocks)}</span> {words[cell.state]}
      {Number.isNaN(atMs) ? null : (
        <span suppressHydrationWarning>{isNewest ? `, ${formatAge(atMs, nowMs)}` : `, ${formatInstant(atMs)}`}</span>
      )}
      {cell.note ? `, ${cell.note}` : ""}
    </p>
  );
}
