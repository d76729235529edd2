import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { AdminIncidentList } from "@/components/monitoring/admin-incident-list";
import { incidentListInput } from "@/components/monitoring/list-inputs";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Incidents" };

export default async function AdminIncidentsPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const { admin } = (await api()).monitoring;
  const [initial, stats] = await Promise.all([
    firstRead(admin.listIncidents(incidentListInput(await toSearchParams(searchParams)))),
    firstRead(admin.getIncidentStats({})),
  ]);
  return <AdminIncidentList initial={initial} stats={stats} />;
}
