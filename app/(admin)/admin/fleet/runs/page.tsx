import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { BulkRunList } from "@/components/admin/fleet/bulk-run-list";
import { bulkRunListInput } from "@/components/admin/list-inputs";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Bulk runs" };

export default async function BulkRunsPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = bulkRunListInput(await toSearchParams(searchParams));
  return <BulkRunList initial={await firstRead((await api()).fleet.listBulkRuns(input))} />;
}
