"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { PageHeader } from "@/components/layout/page-header";
import { StateSentence } from "@/components/state/state-sentence";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Waterfall } from "@/components/state/waterfall";
import { Panel } from "@/components/ui/panel";
import type { JobRunDetail } from "@/server/domains/operations/schemas";
import { DetailLoading } from "../detail-loading";
import { RunActs } from "./run-acts";
import { runJudgement } from "./run-columns";
import { RunErrors } from "./run-errors";
import { RunPayload } from "./run-payload";
import { runRows } from "./run-rows";
import { runSentence } from "./run-sentence";

const REFETCH_MS = 3_000;
const TRAIL = [{ href: "/admin/job-runs", label: "Job runs" }];

/** One run: how it stands, its steps on a time axis, what failed and why, what started it and what came of it. */
export function RunDetail({ runId, initial }: { runId: string; initial: JobRunDetail | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.operations.run.queryOptions(
      { runId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const failure = read.error ? failedRead(read.error, "This run") : undefined;
  if (!read.data) {
    if (!failure) return <DetailLoading />;
    return (
      <>
        <PageHeader title="Job run" trail={TRAIL} facts={<AddressText value={runId} kind="run id" whole />} />
        <Panel flush>
          <UpstreamDown fills {...failure} onRetry={() => void read.refetch()} />
        </Panel>
      </>
    );
  }
  const run = read.data;
  return (
    <>
      <PageHeader
        title={run.functionName}
        trail={TRAIL}
        facts={
          <>
            <span className="inline-flex items-center gap-1">
              Run <AddressText value={run.id} kind="run id" />
            </span>
            <span>
              Queued <AgeText at={run.queuedAt} />
            </span>
            {run.replayOf ? (
              <Link href={`/admin/job-runs/${run.replayOf}`} className="text-accent hover:underline">
                Repeats an earlier run
              </Link>
            ) : null}
            {run.parentRunId ? (
              <Link href={`/admin/job-runs/${run.parentRunId}`} className="text-accent hover:underline">
                Called by another run
              </Link>
            ) : null}
          </>
        }
        actions={<RunActs run={run} />}
      />
      <div className="grid gap-4">
        <StateSentence {...runJudgement(run)} live>
          {runSentence(run)}
        </StateSentence>
        {failure ? (
          <UpstreamDown
            {...failure}
            shownAt={new Date(read.dataUpdatedAt).toISOString()}
            onRetry={() => void read.refetch()}
          />
        ) : null}
        <Panel title="Steps" aside={`${run.steps.length} ${run.endedAt === null ? "found so far" : "in all"}`} flush>
          {run.steps.length === 0 && run.endedAt !== null ? (
            <p className="p-4 text-sm text-ink-muted">The run ended before its first step.</p>
          ) : (
            <Waterfall label={`Steps of the run of ${run.functionName}`} rows={runRows(run)} />
          )}
        </Panel>
        <RunErrors run={run} />
        <RunPayload run={run} />
      </div>
    </>
  );
}
