import type { ReactNode } from "react";

/** Names and values under one another; the value may break anywhere, since keys and addresses are never cut here. */
export function FactList({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line text-sm">
      {facts.map((fact) => (
        <div key={fact.label} className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <dt className="text-ink-muted">{fact.label}</dt>
          <dd className="min-w-0 break-all">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
