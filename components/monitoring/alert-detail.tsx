"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { groupDigits } from "@/lib/format/group-digits";
import { ruleOf } from "@/server/domains/monitoring/constants";
import type { Alert } from "@/server/domains/monitoring/schemas";
import { canAcknowledgeAlert, canResolveAlert } from "@/server/domains/monitoring/states";
import { alertJudgement } from "./monitoring-words";
import { NewSilence } from "./new-silence";

const REFETCH_MS = 5_000;
const LINK = "underline underline-offset-4 hover:text-ink";

type AlertDetailProps = { alertId: string; initial: Alert | undefined; canAct: boolean };

/** One alert: what is the matter, since when, who was told, and what can be done about it. */
export function AlertDetail({ alertId, initial, canAct }: AlertDetailProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const hrefOf = useOrganizationHref();
  const [isSilencing, setSilencing] = useState(false);
  const read = useQuery(
    trpc.monitoring.getAlert.queryOptions(
      { alertId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const acknowledge = useAct(() => client.monitoring.acknowledgeAlert.mutate({ alertId }));
  const resolve = useAct(() => client.monitoring.resolveAlert.mutate({ alertId }));
  const trail = [{ href: hrefOf("/alerts"), label: "Alerts" }];
  const error = acknowledge.error ?? resolve.error;
  return (
    <DetailRead kind="Alert" id={alertId} trail={trail} subject="This alert" read={read}>
      {(alert, stale) => (
        <DetailPage
          title={`${alert.title}: ${alert.subjectName}`}
          trail={trail}
          stale={stale}
          sentence={{ ...alertJudgement(alert), children: alert.sentence }}
          actions={
            canAct ? (
              <>
                {canAcknowledgeAlert(alert.status) ? (
                  <Button kind="primary" busy={acknowledge.isBusy} onClick={() => void acknowledge.run(undefined)}>
                    Acknowledge
                  </Button>
                ) : null}
                {canResolveAlert(alert.status) ? (
                  <>
                    <Button busy={resolve.isBusy} onClick={() => void resolve.run(undefined)}>
                      End it by hand
                    </Button>
                    <Button onClick={() => setSilencing(true)}>Silence</Button>
                  </>
                ) : null}
              </>
            ) : undefined
          }
        >
          {error ? (
            <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
              {error}
            </p>
          ) : null}
          <Panel flush>
            <FactList facts={factsOf(alert, hrefOf)} />
          </Panel>
          <NewSilence
            open={isSilencing}
            onOpenChange={setSilencing}
            subject={alert.subjectId}
            {...(ruleOf(alert.rule) ? { rule: ruleOf(alert.rule)?.code ?? "node_down" } : {})}
          />
        </DetailPage>
      )}
    </DetailRead>
  );
}

function factsOf(alert: Alert, hrefOf: (path: string) => string) {
  const { runbook, incidentId, acknowledgedAt, resolvedAt, lastToldAt } = alert;
  return [
    {
      label: "About",
      value:
        alert.subjectKind === "validator" ? (
          <Link className={LINK} href={hrefOf(`/validators/${alert.subjectId}`)}>
            {alert.subjectName}
          </Link>
        ) : (
          alert.subjectName
        ),
    },
    { label: "Since", value: <AgeText at={alert.startedAt} /> },
    { label: "Last seen", value: <AgeText at={alert.lastSeenAt} /> },
    { label: "Seen", value: `${groupDigits(alert.count)} ${alert.count === 1 ? "time" : "times"}` },
    {
      label: "Told",
      value: lastToldAt ? (
        <>
          {groupDigits(alert.toldCount)} {alert.toldCount === 1 ? "time" : "times"}, last <AgeText at={lastToldAt} />
        </>
      ) : (
        "nobody yet"
      ),
    },
    ...(acknowledgedAt
      ? [
          {
            label: "Acknowledged",
            value: (
              <>
                <AgeText at={acknowledgedAt} /> by <span className="font-mono text-xs">{alert.acknowledgedBy}</span>
              </>
            ),
          },
        ]
      : []),
    ...(resolvedAt
      ? [
          {
            label: "Ended",
            value: (
              <>
                <AgeText at={resolvedAt} /> {alert.resolvedBy ? `by ${alert.resolvedBy}` : "by itself"}
              </>
            ),
          },
        ]
      : []),
    ...(incidentId
      ? [
          {
            label: "Incident",
            value: (
              <Link className={LINK} href={hrefOf(`/incidents/${incidentId}`)}>
                Its timeline
              </Link>
            ),
          },
        ]
      : []),
    ...(runbook
      ? [
          {
            label: "What to do",
            value: (
              <Link className={LINK} href={`/docs/runbooks/${runbook}`}>
                Runbook
              </Link>
            ),
          },
        ]
      : []),
  ];
}
