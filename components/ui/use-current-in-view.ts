"use client";

import { type RefObject, useLayoutEffect } from "react";

/**
 * Scrolls a row or a column of links so far that the current one is seen, and the page itself not at all: on a narrow or low screen an address may
 * name one beyond the edge. `current` is what it is known by.
 */
export function useCurrentInView(container: RefObject<HTMLElement | null>, current: string | undefined): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another current one is the reason to look again
  useLayoutEffect(() => {
    const box = container.current;
    const link = box?.querySelector('[aria-current="page"]');
    if (!box || !link) return;
    const [outer, inner] = [box.getBoundingClientRect(), link.getBoundingClientRect()];
    box.scrollLeft += beyond(inner.left, inner.right, outer.left, outer.right);
    box.scrollTop += beyond(inner.top, inner.bottom, outer.top, outer.bottom);
  }, [container, current]);
}

/** How far a span lies beyond another's end, or before its start; 0 where it is within. */
export function beyond(start: number, end: number, outerStart: number, outerEnd: number): number {
  if (start < outerStart) return start - outerStart;
  return end > outerEnd ? Math.min(end - outerEnd, start - outerStart) : 0;
}
