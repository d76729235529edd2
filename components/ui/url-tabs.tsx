"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useRef } from "react";
import { classNames } from "./class-names";
import { useCurrentInView } from "./use-current-in-view";

/** One tab: `value` stands in the address as `?tab=value`; the first tab is the one without it. */
export type UrlTab = { value: string; label: string; count?: number | undefined };

/** Tabs that are links, so that each has an address, opens in a new window and survives a reload. */
export function UrlTabs({
  tabs,
  label,
  parameter = "tab",
}: {
  tabs: readonly UrlTab[];
  label: string;
  parameter?: string;
}) {
  const pathname = usePathname();
  const search = useSearchParams();
  const asked = search.get(parameter);
  const current = tabs.find((tab) => tab.value === asked)?.value ?? tabs[0]?.value;
  const row = useRef<HTMLElement>(null);
  useCurrentInView(row, current);
  return (
    <nav ref={row} aria-label={label} className="overflow-x-auto border-b">
      <ul className="flex gap-4">
        {tabs.map((tab, index) => {
          const next = new URLSearchParams(search);
          if (index === 0) next.delete(parameter);
          else next.set(parameter, tab.value);
          const query = next.toString();
          const isCurrent = tab.value === current;
          return (
            <li key={tab.value}>
              <Link
                href={query ? `${pathname}?${query}` : pathname}
                scroll={false}
                aria-current={isCurrent ? "page" : undefined}
                className={classNames(
                  "flex h-9 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap focus-visible:-outline-offset-2 coarse:h-11",
                  isCurrent ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted hover:text-ink",
                )}
              >
                {tab.label}
                {tab.count === undefined ? null : <span className="text-xs text-ink-faint">{tab.count}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
