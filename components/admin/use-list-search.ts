"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

/** The address's query in the form that `list-inputs` reads. */
export function useListSearch(): URLSearchParams {
  const search = useSearchParams();
  return useMemo(() => new URLSearchParams(search), [search]);
}
