"use client";

import { useRegionName } from "./use-region-name";

/** A region by the name that people know. */
export function RegionName({ code }: { code: string }) {
  return useRegionName()(code);
}
