"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { Waterfall } from "@/components/state/waterfall";
import { Panel } from "@/components/ui/panel";
import type { JobRunDetail } from "@/server/domains/operations/schemas";
import type { StepTitles } from "@/server/kernel/work/step-titles";
import { RunActs } from "./run-acts";
import { runJudgement } from "./run-columns";
import { RunErrors } from "./run-errors";
import { RunPayload } from "./run-payload";
import { runRows } from "./run-rows";
import { runSentence } from "./run-sentence";
import { stepWordsOf } from "./step-words";

const REFETCH_MS = 3_000;
const TRAIL = [{ href: "/admin/job-runs", label: "Job runs" }];

type RunDetailProps = { runId: string; initial: JobRunDetail | undefined; stepTitles: StepTitles };

/** One run: how it stands, its steps on a time axis, what failed and why, what started it and what came of it. */
export function RunDetail({ runId, initial, stepTitles }: RunDetailProps) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.operations.getJobRun.queryOptions(
      { runId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const wordsOf = stepWordsOf(stepTitles, read.data?.functionName ?? "");
  return (
    <DetailRead kind="Job run" id={runId} trail={TRAIL} subject="This run" read={read}>
      {(run, stale) => (
        <DetailPage
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
                <Link href={`/admin/job-runs/${run.replayOf}`} className="text-accent underline underline-offset-4">
                  Repeats an earlier run
                </Link>
              ) : null}
              {run.parentRunId ? (
                <Link href={`/admin/job-runs/${run.parentRunId}`} className="text-accent underline underline-offset-4">
                  Called by another run
                </Link>
              ) : null}
            </>
          }
          actions={<RunActs run={run} />}
          sentence={{ ...runJudgement(run), children: runSentence(run, wordsOf) }}
          stale={stale}
        >
          <Panel title="Steps" aside={`${run.steps.length} ${run.endedAt === null ? "found so far" : "in all"}`} flush>
            {run.steps.length === 0 && run.endedAt !== null ? (
              <p className="p-4 text-sm text-ink-muted">The run ended before its first step.</p>
            ) : (
              <Waterfall label={`Steps of the run of ${run.functionName}`} rows={runRows(run, wordsOf)} />
            )}
          </Panel>
          <RunErrors run={run} wordsOf={wordsOf} />
          <RunPayload run={run} />
        </DetailPage>
      )}
    </DetailRead>
  );
}
