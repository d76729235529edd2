"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { tableContent } from "@/components/data/table-content";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useListSearch } from "@/components/data-table/use-list-search";
import { AgeText } from "@/components/figures/age-text";
import { Meter } from "@/components/figures/meter";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { choicesOf } from "@/components/state/judgements";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ROWS_OVER } from "@/server/domains/fleet/constants";
import type { BulkRow, BulkRun } from "@/server/domains/fleet/schemas";
import { canCancel, canPause, canResume } from "@/server/domains/fleet/states";
import { bulkRowListInput } from "../list-inputs";
import { ACT_WORDS, ROW_JUDGEMENT, RUN_JUDGEMENT, runSentence } from "./bulk-words";

const REFETCH_MS = 3_000;
const TRAIL = [
  { href: "/admin/fleet", label: "Fleet" },
  { href: "/admin/fleet/runs", label: "Bulk runs" },
];
const FILTERS: readonly DataFilter[] = [
  { kind: "choice", name: "status", label: "State", options: choicesOf(ROW_JUDGEMENT) },
];
const COLUMNS: readonly DataColumn<BulkRow>[] = [
  {
    id: "name",
    header: "Validator",
    isName: true,
    cell: ({ validatorName }) => <span className="break-words">{validatorName}</span>,
    text: ({ validatorName }) => validatorName,
  },
  {
    id: "organization",
    header: "Organisation",
    cell: ({ organizationName, organizationId }) => (
      <span className="break-words">{organizationName ?? organizationId}</span>
    ),
    text: ({ organizationName, organizationId }) => organizationName ?? organizationId,
  },
  {
    id: "status",
    header: "State",
    cell: ({ status }) => <StateBadge {...ROW_JUDGEMENT[status]} />,
    text: ({ status }) => status,
  },
  {
    id: "sentence",
    header: "What happened",
    cell: ({ sentence }) => <span className="break-words">{sentence}</span>,
    text: ({ sentence }) => sentence,
  },
  {
    id: "at",
    header: "When",
    align: "right",
    cell: ({ endedAt, askedAt }) => {
      const at = endedAt ?? askedAt;
      return at === null ? <span className="text-ink-muted">not yet</span> : <AgeText at={at} />;
    },
    text: ({ endedAt, askedAt }) => endedAt ?? askedAt ?? "",
  },
];

type BulkRunDetailProps = { bulkRunId: string; initial: BulkRun | undefined };

/** How far a bulk run is, what became of each node, and its brakes. */
export function BulkRunDetail({ bulkRunId, initial }: BulkRunDetailProps) {
  const trpc = useTRPC();
  const search = useListSearch();
  const read = useQuery(
    trpc.fleet.getBulkRun.queryOptions(
      { bulkRunId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const rows = useQuery(
    trpc.fleet.listBulkRows.queryOptions(bulkRowListInput(bulkRunId, search), { refetchInterval: REFETCH_MS }),
  );
  return (
    <DetailRead kind="Bulk run" id={bulkRunId} trail={TRAIL} subject="This bulk run" read={read}>
      {(run, stale) => (
        <DetailPage
          title={`${ACT_WORDS[run.act].past} ${run.nodes} ${run.nodes === 1 ? "node" : "nodes"}`}
          trail={TRAIL}
          stale={stale}
          facts={
            <>
              <span className="break-words">{run.reason}</span>
              <span>
                Begun <AgeText at={run.createdAt} /> by{" "}
                <span className="font-mono text-xs break-all">{run.startedBy}</span>
              </span>
            </>
          }
          actions={<Brakes run={run} />}
          sentence={{ ...RUN_JUDGEMENT[run.status], children: runSentence(run.status, run.counts) }}
        >
          <Panel title="Progress">
            <Progress run={run} />
          </Panel>
          <DataTable
            id="admin-bulk-rows"
            label="Nodes of the run"
            columns={COLUMNS}
            filters={FILTERS}
            content={tableContent(rows, "The nodes of this run")}
            rowId={({ id }) => id}
            rowHref={({ nodeId, setupRequestId }) =>
              nodeId === null ? `/admin/setup-requests/${setupRequestId}` : `/admin/nodes/${nodeId}`
            }
            empty={<p className="px-6 py-10 text-center text-ink-muted">The run has no nodes.</p>}
            onRetry={() => void rows.refetch()}
          />
        </DetailPage>
      )}
    </DetailRead>
  );
}

function Progress({ run: { counts, nodes, atOnce, maxPowerPercent, mayJail, status } }: { run: BulkRun }) {
  const over = ROWS_OVER.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return (
    <div className="grid gap-3">
      <Meter
        label="Nodes of which nothing more happens"
        value={over}
        max={nodes}
        valueText={`${over} of ${nodes}`}
        state={RUN_JUDGEMENT[status].state}
      />
      <p className="text-sm text-ink-muted">
        {atOnce} at once, at most {maxPowerPercent} % of a network's voting power away.{" "}
        {mayJail ? "Jail is allowed." : "Whoever would be jailed is left out."} Each act stands in the{" "}
        <Link className="underline underline-offset-4 hover:text-ink" href="/admin/audit">
          audit log
        </Link>{" "}
        and in its organisation's.
      </p>
    </div>
  );
}

function Brakes({ run: { id: bulkRunId, status } }: { run: BulkRun }) {
  const { fleet } = useTRPCClient();
  const act = useAct((name: "pause" | "resume" | "cancel") => fleet[`${name}BulkRun`].mutate({ bulkRunId }));
  return (
    <>
      {canPause(status) ? (
        <Button busy={act.isBusy} onClick={() => void act.run("pause")}>
          Pause the run
        </Button>
      ) : null}
      {canResume(status) ? (
        <Button kind="primary" busy={act.isBusy} onClick={() => void act.run("resume")}>
          Resume the run
        </Button>
      ) : null}
      {canCancel(status) ? (
        <Button kind="dangerQuiet" busy={act.isBusy} onClick={() => void act.run("cancel")}>
          Cancel what waits
        </Button>
      ) : null}
      {act.error ? (
        <p role="alert" className="text-sm text-danger-text">
          {act.error}
        </p>
      ) : null}
    </>
  );
}
