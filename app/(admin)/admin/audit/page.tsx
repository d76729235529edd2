import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { AuditList } from "@/components/admin/audit/audit-list";
import { auditListInput } from "@/components/admin/list-inputs";
import { PageHeader } from "@/components/layout/page-header";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = auditListInput(await toSearchParams(searchParams));
  const initial = await firstRead((await api()).identity.platformAudit(input));
  return (
    <>
      <PageHeader title="Audit log" facts="Append-only; one hash chain an organisation, and one of the platform." />
      <AuditList initial={initial} />
    </>
  );
}
