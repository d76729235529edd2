import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { RunDetail } from "@/components/admin/job-runs/run-detail";
import { domains } from "@/server/domains/domains";
import { stepTitlesOf } from "@/server/kernel/work/step-titles";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Job run" };

export default async function JobRunPage({ params }: { params: Promise<{ runId: string }> }) {
  await requireOperator();
  const { runId } = await params;
  const initial = await firstRead((await api()).operations.getJobRun({ runId }));
  return <RunDetail runId={runId} initial={initial} stepTitles={stepTitlesOf(domains)} />;
}
