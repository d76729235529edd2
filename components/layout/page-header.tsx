import Link from "next/link";
import type { ReactNode } from "react";

export type PageHeaderProps = {
  title: string;
  /** Pages above this one, outermost first. */
  trail?: readonly { href: string; label: string }[] | undefined;
  /** A line of facts below the title: addresses, ids. */
  facts?: ReactNode;
  /** Acts at the right; thumb-reachable row below the title on narrow screens. */
  actions?: ReactNode;
};

/** The head of a page: where it stands, its name, and what can be done here. */
export function PageHeader({ title, trail = [], facts, actions }: PageHeaderProps) {
  return (
    <header className="mb-5 flex flex-col gap-3 sm:flex-row sm:items-end sm:justify-between">
      <div className="min-w-0">
        {trail.length > 0 ? (
          <nav aria-label="Above this page" className="mb-0.5 text-xs text-ink-muted">
            <ol className="flex flex-wrap gap-1.5">
              {trail.map(({ href, label }) => (
                <li key={href} className="flex gap-1.5">
                  <Link href={href} className="hover:text-ink hover:underline">
                    {label}
                  </Link>
                  <span aria-hidden="true">/</span>
                </li>
              ))}
            </ol>
          </nav>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {facts ? (
          <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-muted">{facts}</div>
        ) : null}
      </div>
      {actions ? <div className="flex shrink-0 flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
