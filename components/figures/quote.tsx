import type { ReactNode } from "react";

/** One line of a price; `amount` is already text with its unit. */
export type QuoteLine = { label: string; detail?: string | undefined; amount: ReactNode };

type QuoteProps = {
  title: string;
  lines: readonly QuoteLine[];
  total: { label: string; amount: ReactNode };
  /** What the price does not hold, or how long it stands: one sentence each. */
  notes?: readonly string[];
};

/** What it will cost, before it is spent: lines, total, and what is not in it. */
export function Quote({ title, lines, total, notes = [] }: QuoteProps) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-sm font-semibold">{title}</h2>
      <dl className="text-sm">
        {lines.map((line) => (
          <div key={line.label} className="flex flex-wrap items-baseline justify-between gap-x-4 border-t py-1.5">
            <dt>{line.label}</dt>
            <dd className="text-right">{line.amount}</dd>
            {line.detail ? <dd className="basis-full text-xs text-pretty text-ink-muted">{line.detail}</dd> : null}
          </div>
        ))}
        <div className="flex items-baseline justify-between gap-4 border-t border-line-strong py-2 text-base font-semibold">
          <dt>{total.label}</dt>
          <dd className="shrink-0 text-right">{total.amount}</dd>
        </div>
      </dl>
      {notes.map((note) => (
        <p key={note} className="mt-1 text-xs text-ink-muted">
          {note}
        </p>
      ))}
    </section>
  );
}
