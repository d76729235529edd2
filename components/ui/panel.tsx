import type { ReactNode } from "react";
import { classNames } from "./class-names";

type PanelProps = {
  title?: string;
  /** Controls or a fact at the right of the heading. */
  aside?: ReactNode;
  /** No inner space: for tables, logs and grids that bring their own. */
  flush?: boolean;
  className?: string;
  /** 2 unless the panel stands inside another section. */
  headingLevel?: 2 | 3;
  children: ReactNode;
};

/** A bordered section with an optional heading; the only box there is. */
export function Panel({ title, aside, flush, className, headingLevel = 2, children }: PanelProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <section className={classNames("min-w-0 rounded-md border bg-panel", className)}>
      {title || aside ? (
        <header className="flex min-h-10 items-center justify-between gap-3 border-b px-4 py-1">
          {title ? <Heading className="text-sm font-semibold">{title}</Heading> : <span />}
          {aside ? <div className="flex items-center gap-2 text-xs text-ink-muted">{aside}</div> : null}
        </header>
      ) : null}
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
