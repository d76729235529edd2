"use client";

import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { LoadingMark } from "./loading-mark";

const buttonStyles = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      kind: {
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
        secondary: "border-line-strong bg-panel text-ink hover:bg-raised",
        quiet: "border-transparent bg-transparent text-ink-muted hover:bg-raised hover:text-ink",
        danger: "border-transparent bg-danger-mark text-on-danger hover:brightness-95",
        dangerQuiet: "border-line-strong bg-panel text-danger-text hover:bg-danger-wash",
      },
      size: {
        small: "h-7 px-2 text-xs coarse:h-9",
        medium: "h-row px-3 text-sm",
        large: "h-11 px-5 text-lg",
        icon: "size-row p-0",
        iconSmall: "size-7 p-0 coarse:size-9",
      },
    },
    defaultVariants: { kind: "secondary", size: "medium" },
  },
);

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonStyles> & {
    /** Renders the one child (a link) with the look of a button. */
    asChild?: boolean;
    /** While true the act runs: the mark turns, a second press does nothing, focus stays where it is. */
    busy?: boolean;
  };

/** A button whose words name the act and its object; `primary` at most once in a view. */
export function Button({ className, kind, size, asChild, busy, children, type, onClick, ...rest }: ButtonProps) {
  const look = classNames(buttonStyles({ kind, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={look} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type ?? "button"}
      className={look}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy ? <LoadingMark /> : null}
      {children}
    </button>
  );
}
