import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { AdminIncidentDetail } from "@/components/monitoring/admin-incident-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Incident" };

export default async function AdminIncidentPage({ params }: { params: Promise<{ incidentId: string }> }) {
  await requireOperator();
  const { incidentId } = await params;
  const initial = await firstRead((await api()).monitoring.admin.getIncident({ incidentId }));
  return <AdminIncidentDetail incidentId={incidentId} initial={initial} />;
}
