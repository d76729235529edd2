"use client";

import { useEffect } from "react";

/** Outlives the frame, which is made anew with each organisation; null before the first page of this visit. */
let lastPathname: string | null = null;

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/**
 * Keeps the focus within the page: a new page takes it unless one of its parts did already, and where what held it is taken away (a button whose
 * act is done), the page takes it, so that a keyboard never starts again at the top of the document. `contentId` names the page's element.
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
    // A press beside everything lets go of it on purpose: what held it is still there then.
    const onFocusOut = () =>
      queueMicrotask(() => {
        if (isLost() && held?.isConnected) held = null;
      });
    const observer = new MutationObserver(() => {
      if (held === null || held.isConnected || !isLost()) return;
      held = null;
      document.getElementById(contentId)?.focus({ preventScroll: true });
    });
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("focusout", onFocusOut);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", onFocusOut);
    };
  }, [contentId]);
}
