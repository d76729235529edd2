"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { DetailRead } from "@/components/layout/detail-read";
import type { IncidentRecord } from "@/server/domains/monitoring/schemas";
import { IncidentView, useTimelinePage } from "./incident-view";

const REFETCH_MS = 5_000;
const TRAIL = [{ href: "/admin/incidents", label: "Incidents" }];

/** One incident of any organisation, as an operator works on it. */
export function AdminIncidentDetail({
  incidentId,
  initial,
}: {
  incidentId: string;
  initial: IncidentRecord | undefined;
}) {
  const trpc = useTRPC();
  const { admin } = useTRPCClient().monitoring;
  const page = useTimelinePage();
  const read = useQuery(
    trpc.monitoring.admin.getIncident.queryOptions(
      { incidentId, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) },
      { refetchInterval: REFETCH_MS, ...(initial && page.cursor === undefined ? { initialData: initial } : {}) },
    ),
  );
  return (
    <DetailRead kind="Incident" id={incidentId} trail={TRAIL} subject="This incident" read={read}>
      {(record, stale) => (
        <IncidentView
          record={record}
          page={page}
          trail={TRAIL}
          stale={stale}
          canAct
          alert={<span className="font-mono text-xs">{record.incident.alertId}</span>}
          acts={{
            move: (status, note) => admin.moveIncident.mutate({ incidentId, status, note }),
            note: (note) => admin.noteIncident.mutate({ incidentId, note }),
          }}
        />
      )}
    </DetailRead>
  );
}
