import type { ReactNode } from "react";

/** One fact: its name and its value. */
export type Fact = { readonly label: string; readonly value: ReactNode };

const LAYOUTS = {
  panel: {
    list: "divide-y text-sm",
    row: "flex min-h-9 flex-wrap items-center justify-between gap-x-4 px-4 py-1",
    value: "min-w-0 text-right break-words",
  },
  page: {
    list: "divide-y text-sm",
    row: "grid gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[14rem_minmax(0,1fr)]",
    value: "min-w-0 break-all",
  },
} as const;

/**
 * Facts as rows of a flush panel. As a `panel` the values stand at its right edge; as a `page` they stand in a column of their own and may break
 * anywhere, since keys and addresses are never cut there.
 */
export function FactList({ facts, layout = "panel" }: { facts: readonly Fact[]; layout?: keyof typeof LAYOUTS }) {
  const look = LAYOUTS[layout];
  return (
    <dl className={look.list}>
      {facts.map(({ label, value }) => (
        <div key={label} className={look.row}>
          <dt className="text-ink-muted">{label}</dt>
          <dd className={look.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
