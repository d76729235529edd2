"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import type { DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { choicesOf } from "@/components/state/judgements";
import { StateSentence } from "@/components/state/state-sentence";
import { Skeleton } from "@/components/ui/skeleton";
import type { JobRun } from "@/server/domains/operations/schemas";
import { runListInput } from "../list-inputs";
import { type EngineFacts, EngineSentence } from "./engine-sentence";
import { RoutineLine } from "./routine-line";
import { RUN_COLUMNS } from "./run-columns";
import { RUN_JUDGEMENT } from "./run-judgement";
import { RunsElsewhere } from "./runs-elsewhere";

type Engine = EngineFacts & { readonly functionIds: readonly string[]; readonly startedAt: string | null };
type RunListProps = {
  initial:
    | { readonly items: readonly JobRun[]; readonly nextCursor: string | null; readonly hiddenCount: number }
    | undefined;
  initialEngine: { readonly dashboardUrl: string | null; readonly engine: Engine | null } | undefined;
};
const REFETCH_MS = 4_000;

const filtersFor = (functionIds: readonly string[]): readonly DataFilter[] => [
  { kind: "choice", name: "status", label: "Status", options: choicesOf(RUN_JUDGEMENT) },
  {
    kind: "choice",
    name: "functionId",
    label: "Function",
    options: functionIds.map((value) => ({ value, label: value })),
  },
];

/** How the engine does, and the runs of durable functions, newest first; routine runs only when the reader asks for them. */
export function RunList({ initial, initialEngine }: RunListProps) {
  const trpc = useTRPC();
  const search = useListSearch();
  const input = runListInput(search);
  const engine = useQuery(
    trpc.operations.getJobEngine.queryOptions(
      {},
      { refetchInterval: REFETCH_MS, ...(initialEngine ? { initialData: initialEngine } : {}) },
    ),
  );
  const isElsewhere = engine.data?.dashboardUrl != null;
  const read = useQuery(
    trpc.operations.listJobRuns.queryOptions(input, {
      enabled: !isElsewhere,
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: initial } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-job-runs"
      title="Job runs"
      facts="Durable functions of this installation, newest first."
      subject="The list of job runs"
      read={{ ...read, refetch: () => Promise.all([read.refetch(), engine.refetch()]) }}
      columns={RUN_COLUMNS}
      filters={filtersFor(engine.data?.engine?.functionIds ?? [])}
      rowId={(run) => run.id}
      rowHref={(run) => `/admin/job-runs/${run.id}`}
      empty={
        read.data && read.data.hiddenCount > 0 ? (
          <EmptyState title="Only scheduled runs so far">
            All of them ended as they should. Runs that an event or an operator starts stand here, and scheduled ones
            that fail.
          </EmptyState>
        ) : (
          <EmptyState title="No run yet">
            Each start of a durable function stands here: by an event, by its schedule, or by an operator who runs one
            again.
          </EmptyState>
        )
      }
      lead={
        isElsewhere ? null : (
          <>
            {engine.data?.engine ? (
              <EngineSentence engine={engine.data.engine} />
            ) : engine.error ? (
              <StateSentence state="unknown" word="Engine not known">
                {shownError(engine.error).message}
              </StateSentence>
            ) : (
              <Skeleton className="h-6 w-96 max-w-full" />
            )}
            <RoutineLine search={search} hiddenCount={read.data?.hiddenCount} />
          </>
        )
      }
      instead={engine.data?.dashboardUrl ? <RunsElsewhere dashboardUrl={engine.data.dashboardUrl} /> : undefined}
    />
  );
}
