"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Hides the title from sight where the content begins with its own. */
  titleHidden?: boolean;
  description?: ReactNode;
  /** `center` for a short decision, `side` for detail that keeps the page in view, `full` for what must be read whole. */
  placement?: "center" | "side" | "full" | "top";
  footer?: ReactNode;
  /** False where the first control should have the focus, as in the palette. */
  takesFocus?: boolean;
  /** True where closing loses something for good: neither Escape nor a click beside it closes. */
  closesByButtonOnly?: boolean;
  children: ReactNode;
};

const PLACEMENT = {
  center:
    "inset-x-0 bottom-0 max-h-[92dvh] animate-enter border-t sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-120 sm:max-w-[calc(100vw-2rem)] sm:-translate-1/2 sm:rounded-md sm:border sm:animate-none",
  side: "inset-x-0 bottom-0 max-h-[92dvh] animate-enter border-t sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-120 sm:animate-enter-side sm:border-t-0 sm:border-l",
  full: "inset-0 animate-enter sm:inset-y-0 sm:right-0 sm:left-auto sm:w-180 sm:animate-enter-side sm:border-l",
  top: "inset-x-2 top-2 max-h-[80dvh] animate-enter rounded-md border sm:inset-x-auto sm:top-[12vh] sm:left-1/2 sm:w-150 sm:-translate-x-1/2 sm:animate-none",
} as const;

/** A modal surface: from below on narrow screens, focus held inside, Escape and the close button leave it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  titleHidden,
  description,
  placement = "center",
  footer,
  takesFocus = true,
  closesByButtonOnly = false,
  children,
}: DialogProps) {
  const opener = useRef<Element>(null);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[oklch(0.1_0.02_262/0.45)]" />
        <Primitive.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          // What is about to happen is read first; no control is armed by an Enter pressed too early.
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement;
            if (!takesFocus) return;
            event.preventDefault();
            (event.currentTarget as HTMLElement | null)?.focus();
          }}
          // Radix hands the focus to its own trigger only, and these dialogs are opened by state.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          onEscapeKeyDown={(event) => {
            if (closesByButtonOnly) event.preventDefault();
          }}
          onInteractOutside={(event) => {
            if (closesByButtonOnly) event.preventDefault();
          }}
          className={classNames(
            "fixed z-50 flex flex-col border-line-strong bg-panel outline-none",
            PLACEMENT[placement],
          )}
        >
          <header className={classNames("flex items-start gap-3 border-b px-5 py-3", titleHidden && "sr-only")}>
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description className="mt-0.5 text-sm text-ink-muted">{description}</Primitive.Description>
              ) : null}
            </div>
            {titleHidden ? null : (
              <Primitive.Close asChild>
                <Button kind="quiet" size="iconSmall" aria-label="Close">
                  <X />
                </Button>
              </Primitive.Close>
            )}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
          {footer ? (
            <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:flex-row sm:items-center sm:justify-end">
              {footer}
            </footer>
          ) : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
