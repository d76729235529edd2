"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import { useListSearch } from "@/components/data-table/use-list-search";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import type { Alert } from "@/server/domains/monitoring/schemas";
import { ALERT_COLUMNS, ALERT_FILTERS } from "./alert-columns";
import { alertListInput } from "./list-inputs";
import { NewSilence } from "./new-silence";
import { SilencePanel } from "./silence-panel";

const REFETCH_MS = 10_000;

type AlertListProps = {
  initial: { readonly items: readonly Alert[]; readonly nextCursor: string | null } | undefined;
  /** Whether this person may silence. */
  canAct: boolean;
};

/** The organisation's alerts: what goes on and what was, and below it what is kept silent. */
export function AlertList({ initial, canAct }: AlertListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const search = useListSearch();
  const [isSilencing, setSilencing] = useState(false);
  const read = useQuery(
    trpc.monitoring.listAlerts.queryOptions(alertListInput(search), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { ...initial, items: [...initial.items] } } : {}),
    }),
  );
  return (
    <ListPage
      id="alerts"
      title="Alerts"
      facts={
        <span>
          Looked at every 30 seconds by{" "}
          <Link href={hrefOf("/alert-rules")} className="underline underline-offset-4 hover:text-ink">
            these rules
          </Link>
          , told by{" "}
          <Link href={hrefOf("/channels")} className="underline underline-offset-4 hover:text-ink">
            your channels
          </Link>
          .
        </span>
      }
      actions={canAct ? <Button onClick={() => setSilencing(true)}>New silence</Button> : undefined}
      subject="The list of alerts"
      read={read}
      columns={ALERT_COLUMNS}
      filters={ALERT_FILTERS}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(`/alerts/${id}`)}
      empty={
        <EmptyState
          title="No alert so far"
          action={
            <Button asChild>
              <Link href={hrefOf("/channels")}>Choose how you are told</Link>
            </Button>
          }
        >
          What goes wrong with your validators stands here, and is told to your channels.
        </EmptyState>
      }
    >
      <SilencePanel canAct={canAct} />
      <NewSilence open={isSilencing} onOpenChange={setSilencing} />
    </ListPage>
  );
}
