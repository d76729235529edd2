"use client";

import { useCallback, useEffect, useState } from "react";

/** The columns a reader has hidden in one table, kept in this browser; `atFirst` until that has been read. */
export function useHiddenColumns(
  tableId: string,
  atFirst: readonly string[],
): [ReadonlySet<string>, (id: string, isShown: boolean) => void] {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(atFirst));
  const key = `table:${tableId}:hidden`;
  useEffect(() => {
    const kept = readKept(key);
    if (kept) setHidden(new Set(kept));
  }, [key]);
  const show = useCallback(
    (id: string, isShown: boolean) => {
      const next = new Set(hidden);
      if (isShown) next.delete(id);
      else next.add(id);
      setHidden(next);
      keep(key, [...next]);
    },
    [key, hidden],
  );
  return [hidden, show];
}

function readKept(key: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
  } catch {
    // Storage may be switched off, or hold what an older release wrote: the first choice stands.
    return undefined;
  }
}

function keep(key: string, hidden: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(hidden));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
