import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { BulkRunDetail } from "@/components/admin/fleet/bulk-run-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../../require-operator";

export const metadata: Metadata = { title: "Bulk run" };

export default async function BulkRunPage({ params }: { params: Promise<{ bulkRunId: string }> }) {
  await requireOperator();
  const { bulkRunId } = await params;
  const initial = await firstRead((await api()).fleet.getBulkRun({ bulkRunId }));
  return <BulkRunDetail bulkRunId={bulkRunId} initial={initial} />;
}
