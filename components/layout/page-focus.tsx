"use client";

import { usePathname } from "next/navigation";
import { useKeptFocus } from "./use-kept-focus";

/** Id of a page's own part, below what every page has at its head; it takes the focus, so it is written with `tabIndex={-1}`. */
export const CONTENT_ID = "content";

/** What a keyboard needs first on every page: the way past the head, and a focus that is never lost. */
export function PageFocus() {
  useKeptFocus(CONTENT_ID, usePathname());
  return (
    <a
      href={`#${CONTENT_ID}`}
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md border border-line-strong bg-panel px-3 py-2 font-medium focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
