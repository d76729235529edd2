"use client";

import { useEffect } from "react";

/** Outlives the frame, which is made anew with each organisation; null before the first page of this visit. */
let lastPathname: string | null = null;

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/**
 * Keeps the focus within the page: a new page takes it unless one of its parts did already, and where what held it is taken away (a button whose
 * act is done) or disabled (one whose act has begun), the page takes it, so that a keyboard never starts again at the top of the document.
 * `contentId` names the page's element.
 */
export function useKeptFocus(contentId: string, pathname: string): void {
  useEffect(() => {
    const isFirst = lastPathname === null;
    const isSame = lastPathname === pathname;
    lastPathname = pathname;
    if (isFirst || isSame) return;
    const content = document.getElementById(contentId);
    // A wizard's heading, or a field that asks for it, has it already.
    if (content && !content.contains(document.activeElement)) content.focus({ preventScroll: true });
  }, [contentId, pathname]);

  useEffect(() => {
    let held: Element | null = null;
    const onFocusIn = () => {
      held = document.activeElement;
    };
    // A press beside everything lets go of it on purpose: what held it is still there then, and takes keys.
    const onFocusOut = () =>
      queueMicrotask(() => {
        if (isLost() && held?.isConnected && !held.matches(":disabled")) held = null;
      });
    const observer = new MutationObserver(() => {
      if (held === null) return;
      const content = document.getElementById(contentId);
      // Browsers let go of a disabled control only later and tell nobody. What a sheet disables is the sheet's to keep: it holds the focus itself.
      const isDisabled = held.isConnected && held.matches(":disabled") && content?.contains(held);
      if (!isDisabled && (held.isConnected || !isLost())) return;
      held = null;
      content?.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("focusout", onFocusOut);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", onFocusOut);
    };
  }, [contentId]);
}
