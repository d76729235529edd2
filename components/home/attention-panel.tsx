"use client";

import Link from "next/link";
import { AgeText } from "@/components/figures/age-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { STATE_TEXT } from "@/components/state/state";
import { StateMark } from "@/components/state/state-mark";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import type { AttentionItem } from "@/server/kernel/attention";

const WORDS: Record<AttentionItem["state"], string> = {
  danger: "Costs you now",
  attention: "Waits for you",
  moving: "Under way",
};

/** What needs somebody now, worst first, each with the page where one acts. */
export function AttentionPanel({ items }: { items: readonly AttentionItem[] }) {
  const hrefOf = useOrganizationHref();
  return (
    <Panel title="What needs you" flush>
      <ul className="divide-y">
        {items.map((item) => (
          <li
            key={item.id}
            className="grid gap-x-4 gap-y-1.5 px-4 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)_auto] sm:items-center"
          >
            <span className={classNames("flex items-center gap-2 text-sm font-medium", STATE_TEXT[item.state])}>
              <StateMark state={item.state} />
              {WORDS[item.state]}
            </span>
            <p className="min-w-0 text-sm text-pretty">
              <strong className="font-semibold break-words">{item.title}</strong> {item.sentence}{" "}
              <AgeText at={item.at} className="text-xs text-ink-muted" />
            </p>
            <Button asChild size="small" className="justify-self-start">
              <Link href={item.href.startsWith("/account") ? item.href : hrefOf(item.href)}>
                {item.act}
                <span className="sr-only">: {item.title}</span>
              </Link>
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
