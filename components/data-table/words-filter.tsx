"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { controlStyles } from "@/components/ui/input";
import type { DataFilter } from "./data-column";

const SETTLE_MS = 300;

type WordsFilterProps = {
  filter: Extract<DataFilter, { kind: "words" }>;
  value: string;
  onChange: (value: string | undefined) => void;
};

/**
 * A filter by words; asks once the typing settles, at Enter, or when the field is left. Left for a link, it must not ask later: a change of the
 * address that comes after the press would take the place of where the press leads.
 */
export function WordsFilter({ filter, value, onChange }: WordsFilterProps) {
  const [typed, setTyped] = useState(value);
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ask = () => {
    clearTimeout(wait.current);
    if (typed !== value) onChange(typed || undefined);
  };
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait; a new callback must not
  useEffect(() => {
    if (typed === value) return;
    wait.current = setTimeout(ask, SETTLE_MS);
    return () => clearTimeout(wait.current);
  }, [typed]);
  return (
    <span className="relative min-w-0 flex-1 basis-40 sm:w-64 sm:flex-none">
      <Search aria-hidden="true" className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint" />
      <input
        type="search"
        aria-label={filter.label}
        placeholder={filter.placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") ask();
        }}
        onBlur={ask}
        className={`${controlStyles} pl-8`}
      />
    </span>
  );
}
