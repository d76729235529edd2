import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import { formatDuration } from "@/lib/format/format-duration";
import type { JobRun } from "@/server/domains/operations/schemas";
import { RUN_JUDGEMENT } from "./run-judgement";

/** A run that waits for its next try is judged by that, not by its bare "running". */
export const runJudgement = (run: Pick<JobRun, "status" | "nextAttemptAt">) =>
  run.nextAttemptAt !== null && run.status === "running"
    ? ({ state: "attention", word: "Waits to try again" } as const)
    : RUN_JUDGEMENT[run.status];

const took = (run: JobRun): string | null =>
  run.startedAt && run.endedAt ? formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : null;

export const RUN_COLUMNS: readonly DataColumn<JobRun>[] = [
  {
    id: "function",
    header: "Function",
    isName: true,
    cell: (run) => <NameCell name={run.functionName} />,
    text: (run) => run.functionId,
  },
  {
    id: "status",
    header: "Status",
    cell: (run) => <StateBadge {...runJudgement(run)} />,
    text: (run) => run.status,
  },
  {
    id: "error",
    header: "Last error or reason",
    cell: (run) => {
      const words = run.error?.message ?? run.reason;
      return words ? (
        <span className="block min-w-0 break-words md:max-w-64 md:truncate 2xl:max-w-96" title={words}>
          {words}
        </span>
      ) : (
        <span className="text-ink-muted">none</span>
      );
    },
    text: (run) => run.error?.message ?? run.reason ?? "",
  },
  {
    id: "event",
    header: "Started by",
    cell: (run) => (
      <span
        className="block min-w-0 font-mono text-xs break-all md:max-w-44 md:truncate 2xl:max-w-none"
        title={run.eventName}
      >
        {run.eventName}
      </span>
    ),
    text: (run) => run.eventName,
  },
  {
    id: "failedAttempts",
    header: "Failed tries",
    align: "right",
    cell: (run) => run.failedAttempts,
    text: (run) => String(run.failedAttempts),
  },
  {
    id: "nextAttemptAt",
    header: "Next try",
    align: "right",
    cell: (run) =>
      run.nextAttemptAt ? <AgeText at={run.nextAttemptAt} /> : <span className="text-ink-muted">none planned</span>,
    text: (run) => run.nextAttemptAt ?? "",
  },
  {
    id: "took",
    header: "Took",
    align: "right",
    cell: (run) => took(run) ?? <span className="text-ink-muted">{run.startedAt ? "not ended" : "not started"}</span>,
    text: (run) => took(run) ?? "",
  },
  {
    id: "queuedAt",
    header: "Queued",
    align: "right",
    cell: (run) => <AgeText at={run.queuedAt} />,
    text: (run) => run.queuedAt,
  },
  {
    id: "id",
    header: "Run id",
    isHiddenAtFirst: true,
    cell: (run) => <span className="font-mono text-xs">{run.id}</span>,
    text: (run) => run.id,
  },
];
