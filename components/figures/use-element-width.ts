"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** The inner width of the element that carries the ref, in whole pixels; undefined until it has been measured. */
export function useElementWidth<T extends HTMLElement>(): [RefObject<T | null>, number | undefined] {
  const element = useRef<T>(null);
  const [widthPx, setWidthPx] = useState<number>();
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidthPx(Math.floor(entry.contentRect.width));
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, widthPx];
}
