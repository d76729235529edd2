"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { controlStyles } from "@/components/ui/input";
import type { DataFilter } from "./data-column";

const SETTLE_MS = 300;

type WordsFilterProps = {
  filter: Extract<DataFilter, { kind: "words" }>;
  value: string;
  onChange: (value: string | undefined) => void;
};

/** A filter by words; asks once the typing settles, or at Enter. */
export function WordsFilter({ filter, value, onChange }: WordsFilterProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait; a new callback must not
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed || undefined), SETTLE_MS);
    return () => clearTimeout(timer);
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
          if (event.key === "Enter") onChange(typed || undefined);
        }}
        className={`${controlStyles} pl-8`}
      />
    </span>
  );
}
