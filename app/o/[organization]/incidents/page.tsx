import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { IncidentList } from "@/components/monitoring/incident-list";
import { incidentListInput } from "@/components/monitoring/list-inputs";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Incidents" };

export default async function IncidentsPage({ searchParams }: { searchParams: PageSearch }) {
  const { monitoring } = await api();
  const [initial, stats] = await Promise.all([
    firstRead(monitoring.listIncidents(incidentListInput(await toSearchParams(searchParams)))),
    firstRead(monitoring.getIncidentStats({})),
  ]);
  return <IncidentList initial={initial} stats={stats} />;
}
