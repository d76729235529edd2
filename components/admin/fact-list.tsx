import type { ReactNode } from "react";

/** One fact: its name and its value. */
export type Fact = { readonly label: string; readonly value: ReactNode };

/** Facts as rows, the name at the left; on narrow screens the values keep their line. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y text-sm">
      {facts.map(({ label, value }) => (
        <div key={label} className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 px-4 py-1">
          <dt className="text-ink-muted">{label}</dt>
          <dd className="min-w-0 text-right break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
