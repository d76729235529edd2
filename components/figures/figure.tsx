import type { ReactNode } from "react";

type FigureProps = {
  label: string;
  /** The figure, as text or `AmountText`, `EvidenceTip`, `UnknownText`. */
  value: ReactNode;
  /** The second fact of the pair: rank beside stake, rewards beside commission. */
  detail?: ReactNode;
  /** A `Sparkline` or `Meter`. */
  picture?: ReactNode;
};

/** One of the few figures below a page's sentence; put them in a `FigureRow`. */
export function Figure({ label, value, detail, picture }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1 bg-panel p-4">
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="text-xl font-medium">{value}</dd>
      {detail ? <dd className="text-sm text-ink-muted">{detail}</dd> : null}
      {picture ? <dd className="mt-auto pt-2">{picture}</dd> : null}
    </div>
  );
}

/** Figures side by side, ruled apart; one column on narrow screens. */
export function FigureRow({ children }: { children: ReactNode }) {
  return (
    <dl className="grid gap-px overflow-hidden rounded-md border bg-line sm:grid-cols-2 xl:grid-cols-4">{children}</dl>
  );
}
