"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";

/**
 * The act whose sheet is open. An address may name it (`?act=stop`), as the palette's do; it is taken out of the address as the sheet closes, so that a
 * reload does not open it again.
 */
export function useActInAddress<Act extends string>(
  known: readonly Act[],
): [open: Act | undefined, setOpen: (act: Act | undefined) => void] {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const asked = known.find((act) => act === search.get("act"));
  const [opened, setOpened] = useState<Act>();
  const setOpen = useCallback(
    (act: Act | undefined) => {
      setOpened(act);
      if (act !== undefined || asked === undefined) return;
      const next = new URLSearchParams(search);
      next.delete("act");
      router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false });
    },
    [asked, pathname, router, search],
  );
  return [opened ?? asked, setOpen];
}
