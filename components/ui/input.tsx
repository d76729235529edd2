import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** Look shared by every text-like control. */
export const controlStyles = classNames(
  "h-row w-full min-w-0 rounded-md border border-line-strong bg-panel px-2.5 text-sm text-ink placeholder:text-ink-faint",
  "focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-raised disabled:text-ink-muted",
  "aria-invalid:border-danger-mark coarse:text-lg",
);

/** A one-line text control; wrap it in a `Field` for its label, hint and error. */
export function Input({ className, type, ...rest }: ComponentProps<"input">) {
  return <input type={type ?? "text"} className={classNames(controlStyles, className)} {...rest} />;
}

/** A control of several lines; grows with its content where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={classNames(controlStyles, "h-auto min-h-20 py-1.5 field-sizing-content", className)}
      {...rest}
    />
  );
}
