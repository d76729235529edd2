"use client";

import { Slot } from "radix-ui";
import { type PointerEvent, type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import type { TooltipCard, TooltipSide } from "./tooltip-card";

const HOVER_DELAY_MS = 250;
/** Moving along a row of tips does not wait at each: who has just read one reads the next at once. */
const SKIPS_DELAY_FOR_MS = 400;
/** What the pointer may take from the child to the tip, which can be read and selected. */
const LEAVING_MS = 120;

/*
 * A table of fifty rows has hundreds of these, nearly all of them never looked at. Each is therefore no more than its child with a few listeners;
 * the card, and what places it, come with the first one that is looked at. One is open at a time in the whole page.
 */
let Card: typeof TooltipCard | undefined;
let closeOpen: (() => void) | undefined;
let closedAtMs = Number.NEGATIVE_INFINITY;

/** Without the card there is no tip, and nothing is lost: what it says is said elsewhere too. The next look tries again. */
async function loadCard(): Promise<boolean> {
  try {
    Card ??= (await import("./tooltip-card")).TooltipCard;
    return true;
  } catch {
    return false;
  }
}

/** Words on hover, on focus and, by touch, on a tap. The child must be focusable; what is said here is never the only place it is said. */
export function Tooltip({
  content,
  side = "top",
  children,
}: {
  content: ReactNode;
  side?: TooltipSide;
  children: ReactNode;
}) {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isWanted = useRef(false);
  const isTouched = useRef(false);

  const close = useCallback(() => {
    clearTimeout(timer.current);
    isWanted.current = false;
    if (closeOpen !== close) return;
    closeOpen = undefined;
    closedAtMs = performance.now();
    setAnchor(null);
  }, []);
  useEffect(() => close, [close]);

  const show = async (element: HTMLElement) => {
    const isHere = await loadCard();
    // The pointer may have gone, or the child been taken away, while the card was fetched.
    if (!isHere || !isWanted.current || !element.isConnected) return;
    if (closeOpen !== close) closeOpen?.();
    closeOpen = close;
    setAnchor(element);
  };
  const open = (element: HTMLElement, delayMs: number) => {
    clearTimeout(timer.current);
    isWanted.current = true;
    timer.current = setTimeout(() => void show(element), delayMs);
  };
  const stay = () => clearTimeout(timer.current);
  const leave = () => {
    clearTimeout(timer.current);
    if (closeOpen === close) timer.current = setTimeout(close, LEAVING_MS);
    else isWanted.current = false;
  };

  return (
    <>
      <Slot.Root
        aria-describedby={anchor ? id : undefined}
        onPointerEnter={(event: PointerEvent<HTMLElement>) => {
          if (event.pointerType === "touch") return;
          void loadCard();
          if (anchor) stay();
          else open(event.currentTarget, performance.now() - closedAtMs < SKIPS_DELAY_FOR_MS ? 0 : HOVER_DELAY_MS);
        }}
        onPointerLeave={(event: PointerEvent<HTMLElement>) => {
          if (event.pointerType !== "touch") leave();
        }}
        onPointerDown={(event: PointerEvent<HTMLElement>) => {
          isTouched.current = event.pointerType === "touch";
          if (!isTouched.current) close();
        }}
        onClick={(event) => {
          if (!isTouched.current) return;
          if (anchor) close();
          else open(event.currentTarget, 0);
        }}
        onFocus={(event) => {
          if (event.currentTarget.matches(":focus-visible")) open(event.currentTarget, 0);
        }}
        onBlur={close}
      >
        {children}
      </Slot.Root>
      {anchor && Card ? (
        <Card id={id} anchor={anchor} side={side} onClose={close} onPointerEnter={stay} onPointerLeave={leave}>
          {content}
        </Card>
      ) : null}
    </>
  );
}
