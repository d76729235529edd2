import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { ownAuditInput } from "@/components/audit/audit-search";
import { OwnAudit } from "@/components/audit/own-audit";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Audit log" };

export default async function OwnAuditPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const me = await caller.identity.me();
  // For whom the navigation has no such page there is none; the verb would refuse it anyway.
  if (!me?.scopes.includes("audit:read")) notFound();
  const initial = await firstRead(caller.identity.listAudit(ownAuditInput(await toSearchParams(searchParams))));
  return <OwnAudit initial={initial} />;
}
