"use client";

import { useEffect } from "react";
import type { FoundItem } from "@/server/kernel/find";
import { PaletteGroup, PaletteItem } from "./palette-item";
import { type Finder, useFound } from "./use-found";

/** How a found row is held by the palette. */
export const foundValue = (item: Pick<FoundItem, "id">): string => `found ${item.id}`;

/** The objects that have the words; what cannot be asked now is said. */
export function FoundGroup({
  finders,
  words,
  onFound,
  onSelect,
}: {
  finders: readonly Finder[];
  words: string;
  onFound: (items: readonly FoundItem[]) => void;
  onSelect: (item: FoundItem) => void;
}) {
  const { items, isReading, isSilent } = useFound(finders, words);
  const ids = items.map(({ id }) => id).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the items, which are a new list with every read
  useEffect(() => onFound(items), [ids]);
  return (
    <>
      {items.length > 0 ? (
        <PaletteGroup heading="Found" isJudged>
          {items.map((item) => (
            // The server has judged already that it fits.
            <PaletteItem key={item.id} value={foundValue(item)} onSelect={() => onSelect(item)}>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{item.title}</span>
                <span className="block truncate text-xs text-ink-muted">{item.detail}</span>
              </span>
              <span className="shrink-0 text-xs text-ink-faint">{item.kind}</span>
            </PaletteItem>
          ))}
        </PaletteGroup>
      ) : null}
      <p role="status" className="px-2.5 text-xs text-ink-muted not-empty:py-1.5">
        {isSilent ? "Not everything could be searched just now." : isReading ? "Searching." : ""}
      </p>
    </>
  );
}
