"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailRead } from "@/components/layout/detail-read";
import type { IncidentRecord } from "@/server/domains/monitoring/schemas";
import { IncidentView, useTimelinePage } from "./incident-view";

const REFETCH_MS = 5_000;

type IncidentDetailProps = {
  incidentId: string;
  initial: IncidentRecord | undefined;
  ownUserId: string;
  canAct: boolean;
};

/** One incident of the organisation, as people work on it. */
export function IncidentDetail({ incidentId, initial, ownUserId, canAct }: IncidentDetailProps) {
  const trpc = useTRPC();
  const { monitoring } = useTRPCClient();
  const hrefOf = useOrganizationHref();
  const page = useTimelinePage();
  const read = useQuery(
    trpc.monitoring.getIncident.queryOptions(
      { incidentId, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) },
      { refetchInterval: REFETCH_MS, ...(initial && page.cursor === undefined ? { initialData: initial } : {}) },
    ),
  );
  const trail = [{ href: hrefOf("/incidents"), label: "Incidents" }];
  return (
    <DetailRead kind="Incident" id={incidentId} trail={trail} subject="This incident" read={read}>
      {(record, stale) => (
        <IncidentView
          record={record}
          page={page}
          trail={trail}
          stale={stale}
          canAct={canAct}
          alert={
            <Link
              className="underline underline-offset-4 hover:text-ink"
              href={hrefOf(`/alerts/${record.incident.alertId}`)}
            >
              What set it off
            </Link>
          }
          acts={{
            move: (status, note) => monitoring.moveIncident.mutate({ incidentId, status, note }),
            note: (note) => monitoring.noteIncident.mutate({ incidentId, note }),
            takeOver: () => monitoring.assignIncident.mutate({ incidentId, userId: ownUserId }),
          }}
        />
      )}
    </DetailRead>
  );
}
