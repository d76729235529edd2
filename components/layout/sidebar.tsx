"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { Logo } from "@/components/ui/logo";
import { useCurrentInView } from "@/components/ui/use-current-in-view";
import { LinkPending } from "./link-pending";
import { currentItem, type NavigationGroup } from "./navigation";

/** The left edge: the name, then the pages by domain. `onNavigate` closes the drawer on narrow screens. */
export function Sidebar({ groups, onNavigate }: { groups: readonly NavigationGroup[]; onNavigate?: () => void }) {
  const current = currentItem(groups, usePathname());
  const pages = useRef<HTMLDivElement>(null);
  useCurrentInView(pages, current?.href);
  return (
    <nav aria-label="Pages" className="flex h-full flex-col">
      <Link
        href="/"
        className="flex h-12 shrink-0 items-center gap-2.5 border-b px-4 focus-visible:-outline-offset-2"
        {...(onNavigate ? { onClick: onNavigate } : {})}
      >
        <Logo className="h-6 text-accent" />
        <span className="text-base font-semibold tracking-tight">Omniphi Cloud</span>
      </Link>
      <div ref={pages} className="min-h-0 flex-1 overflow-y-auto px-2 py-3">
        {groups.map((group) => (
          <div key={group.label || "home"} className="mb-4">
            {group.label ? <h2 className="px-2 pb-1 text-xs text-ink-faint">{group.label}</h2> : null}
            <ul>
              {group.items.map((item) => {
                const isCurrent = item === current;
                return (
                  <li key={item.href}>
                    <Link
                      href={item.href}
                      aria-current={isCurrent ? "page" : undefined}
                      {...(onNavigate ? { onClick: onNavigate } : {})}
                      className={classNames(
                        "relative flex h-row items-center rounded-md px-2 text-sm",
                        isCurrent
                          ? "bg-raised font-medium text-ink before:absolute before:inset-y-1.5 before:-left-2 before:w-0.5 before:bg-accent"
                          : "text-ink-muted hover:bg-raised hover:text-ink",
                      )}
                    >
                      {item.label}
                      <LinkPending />
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}
