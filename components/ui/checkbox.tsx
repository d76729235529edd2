import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A checkbox with its words; the whole line is the target. */
export function Checkbox({
  className,
  children,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "children"> & { children: ReactNode }) {
  return (
    <label
      className={classNames(
        "flex min-h-6 cursor-pointer items-start gap-2 text-sm coarse:min-h-10 coarse:items-center",
        className,
      )}
    >
      <span className="relative mt-0.5 inline-flex size-4 shrink-0 coarse:mt-0">
        <input
          type="checkbox"
          className="peer size-4 appearance-none rounded-sm border border-line-strong bg-panel checked:border-accent checked:bg-accent disabled:opacity-50"
          {...rest}
        />
        <Check
          aria-hidden="true"
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 size-3 text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span>{children}</span>
    </label>
  );
}
