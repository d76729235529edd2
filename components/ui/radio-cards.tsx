"use client";

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** One choice of {@link RadioCards}. A disabled one says why in its own words. */
export type RadioCard = {
  value: string;
  title: string;
  description?: ReactNode;
  /** Short fact at the right, as a price or a free count. */
  aside?: ReactNode;
  disabledReason?: string | undefined;
};

type RadioCardsProps = {
  name: string;
  legend: string;
  /** Hides the legend from sight, for a step whose heading already says it. */
  legendHidden?: boolean;
  options: readonly RadioCard[];
  value: string | undefined;
  onValueChange: (value: string) => void;
  /** Columns on wide screens; always one on narrow ones. */
  columns?: 1 | 2 | 3;
  error?: string | undefined;
};

const COLUMNS = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" } as const;

/** One decision among a few, each with its meaning: native radios, so the arrow keys move and Tab passes by. */
export function RadioCards({
  name,
  legend,
  legendHidden,
  options,
  value,
  onValueChange,
  columns = 1,
  error,
}: RadioCardsProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={classNames("mb-1.5 text-sm font-medium", legendHidden && "sr-only")}>{legend}</legend>
      <div className={classNames("grid gap-2", COLUMNS[columns])}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              "relative flex gap-3 rounded-md border bg-panel p-3 has-checked:border-accent has-checked:bg-accent-wash",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              option.disabledReason
                ? "cursor-not-allowed bg-raised"
                : "cursor-pointer border-line-strong hover:border-accent",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabledReason !== undefined}
              onChange={() => onValueChange(option.value)}
              aria-describedby={`${id}-${option.value}`}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-panel outline-none checked:border-[5px] checked:border-accent"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className={classNames("text-base font-medium", option.disabledReason && "text-ink-muted")}>
                  {option.title}
                </span>
                {option.aside ? <span className="text-sm">{option.aside}</span> : null}
              </span>
              <span id={`${id}-${option.value}`} className="mt-0.5 block text-sm text-ink-muted">
                {option.description}
                {option.disabledReason ? <span className="block text-ink">{option.disabledReason}</span> : null}
              </span>
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-danger-text">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
