"use client";

import { keepPreviousData, useQueries } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { FoundItem } from "@/server/kernel/find";
import type { AppRouter } from "@/server/trpc/root";

type Procedures = inferRouterInputs<AppRouter>;
/** A domain that publishes what the palette finds of it. */
export type FindDomain = {
  [Name in keyof Procedures]: Procedures[Name] extends { find: unknown } ? Name : never;
}[keyof Procedures];
type OperatorsFindDomain = {
  [Name in FindDomain]: Procedures[Name] extends { admin: { find: unknown } } ? Name : never;
}[FindDomain];

/** One place that is asked for what was typed: a domain, and whether it is asked as an operator beside the organisation's own rows. */
export type Finder = { readonly domain: FindDomain } | { readonly operatorsOf: OperatorsFindDomain };

const MIN_CHARACTERS = 2;
const PAUSE_MS = 180;

/** What was typed, once the typing has paused for a moment. */
function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}

/** The objects that have the words, in the order of the finders; `isSilent` where one did not answer, which is not the same as finding nothing. */
export function useFound(finders: readonly Finder[], typed: string) {
  const trpc = useTRPC();
  const words = useSettled(typed.trim());
  const enabled = words.length >= MIN_CHARACTERS;
  const options = { enabled, placeholderData: keepPreviousData, retry: false } as const;
  const reads = useQueries({
    queries: finders.map((finder) =>
      "operatorsOf" in finder
        ? trpc[finder.operatorsOf].admin.find.queryOptions({ words }, options)
        : trpc[finder.domain].find.queryOptions({ words }, options),
    ),
  });
  const items: FoundItem[] = enabled ? reads.flatMap(({ data }) => data?.items ?? []) : [];
  return {
    items,
    isReading: enabled && (words !== typed.trim() || reads.some(({ isFetching }) => isFetching)),
    isSilent: enabled && reads.some(({ isError }) => isError),
  };
}
