import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { AuditList } from "@/components/admin/audit/audit-list";
import { auditListInput } from "@/components/admin/list-inputs";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = auditListInput(await toSearchParams(searchParams));
  const initial = await firstRead((await api()).identity.listPlatformAudit(input));
  return <AuditList initial={initial} />;
}
