import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { RunList } from "@/components/admin/job-runs/run-list";
import { runListInput } from "@/components/admin/list-inputs";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Job runs" };

export default async function JobRunsPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = runListInput(await toSearchParams(searchParams));
  const caller = await api();
  const [engine, runs] = await Promise.all([
    firstRead(caller.operations.getJobEngine({})),
    firstRead(caller.operations.listJobRuns(input)),
  ]);
  return <RunList initial={runs} initialEngine={engine} />;
}
