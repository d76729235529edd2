"use client";

import { autoUpdate, flip, hide, offset, shift, useFloating } from "@floating-ui/react-dom";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { createPortal } from "react-dom";

export type TooltipSide = "top" | "right" | "bottom" | "left";

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * The open tip beside `anchor`, which it follows. Escape and a press elsewhere close it; the pointer may rest on it (WCAG 1.4.13).
 */
export function TooltipCard({
  id,
  anchor,
  side,
  onClose,
  onPointerEnter,
  onPointerLeave,
  children,
}: {
  id: string;
  anchor: HTMLElement;
  side: TooltipSide;
  onClose: () => void;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  children: ReactNode;
}) {
  const { refs, floatingStyles, isPositioned, middlewareData } = useFloating({
    open: true,
    placement: side,
    strategy: "fixed",
    // Places by `left` and `top`: the transform belongs to the animation.
    transform: false,
    elements: { reference: anchor },
    middleware: [offset(GAP_PX), flip({ padding: EDGE_PX }), shift({ padding: EDGE_PX }), hide()],
    whileElementsMounted: autoUpdate,
  });
  const card = useRef<HTMLElement | null>(null);
  // Scrolled out of its container, the anchor has no place to point at.
  const isSeen = isPositioned && !middlewareData.hide?.referenceHidden;
  const close = useEffectEvent(onClose);
  useEffect(() => {
    // On the window, before the document's own listeners: the Escape that closes a tip in a dialog is not the dialog's.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    };
    const onPointerDown = ({ target }: globalThis.PointerEvent) => {
      if (target instanceof Node && !anchor.contains(target) && !card.current?.contains(target)) close();
    };
    window.addEventListener("keydown", onKeyDown, true);
    window.addEventListener("pointerdown", onPointerDown, true);
    return () => {
      window.removeEventListener("keydown", onKeyDown, true);
      window.removeEventListener("pointerdown", onPointerDown, true);
    };
  }, [anchor]);
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: nothing is done here; a press is kept from what lies around it in React's tree, such as a row.
    <div
      ref={(element) => {
        card.current = element;
        refs.setFloating(element);
      }}
      id={id}
      role="tooltip"
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
      onClick={(event) => event.stopPropagation()}
      style={{ ...floatingStyles, visibility: isSeen ? "visible" : "hidden" }}
      className="pointer-events-auto z-50 w-max max-w-[min(20rem,calc(100vw-1rem))] animate-enter rounded-md border border-line-strong bg-panel px-2.5 py-1.5 text-xs text-ink"
    >
      {children}
    </div>,
    // Within a dialog, since what lies outside of one that is open can be neither reached nor read aloud.
    anchor.closest("[role=dialog]") ?? document.body,
  );
}
