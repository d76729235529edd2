import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { IncidentDetail } from "@/components/monitoring/incident-detail";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Incident" };

export default async function IncidentPage({ params }: { params: Promise<{ incidentId: string }> }) {
  const { incidentId } = await params;
  const caller = await api();
  const [me, initial] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.monitoring.getIncident({ incidentId })),
  ]);
  return (
    <IncidentDetail
      incidentId={incidentId}
      initial={initial}
      ownUserId={me?.user?.id ?? ""}
      canAct={me?.scopes.includes("monitoring:write") ?? false}
    />
  );
}
