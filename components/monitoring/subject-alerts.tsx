"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { AgeText } from "@/components/figures/age-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { alertJudgement } from "./monitoring-words";

const NEWEST = 50;

/** Alerts about one validator, newest first, each with the way to its page. */
export function SubjectAlerts({ subject }: { subject: string }) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const read = useQuery(
    trpc.monitoring.listAlerts.queryOptions({ subject, limit: NEWEST }, { refetchInterval: 30_000 }),
  );
  if (read.error && !read.data) {
    const { message, code } = shownError(read.error);
    return (
      <UpstreamDown upstream="The list of alerts" sentence={message} code={code} onRetry={() => void read.refetch()} />
    );
  }
  if (!read.data) return <Skeleton className="h-24" />;
  const { items } = read.data;
  return (
    <Panel flush>
      {items.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-muted">
          No alert about this validator so far. What is watched stands in the{" "}
          <Link href={hrefOf("/alert-rules")} className="underline underline-offset-4 hover:text-ink">
            alert rules
          </Link>
          .
        </p>
      ) : (
        <ul className="divide-y text-sm">
          {items.map((alert) => (
            <li key={alert.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
              <StateBadge {...alertJudgement(alert)} />
              <Link href={hrefOf(`/alerts/${alert.id}`)} className="underline underline-offset-4 hover:text-accent">
                {alert.title}
              </Link>
              <span className="min-w-0 break-words">{alert.sentence}</span>
              <span className="text-ink-muted">
                <AgeText at={alert.startedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
