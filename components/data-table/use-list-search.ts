"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

/** The address's query in the form in which lists read what they ask for. */
export function useListSearch(): URLSearchParams {
  const search = useSearchParams();
  return useMemo(() => new URLSearchParams(search), [search]);
}
