import type { Metadata } from "next";
import { AgeText } from "@/components/figures/age-text";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import { StateSentence } from "@/components/state/state-sentence";
import { UpstreamDown } from "@/components/state/upstream-down";
import { BarLegend, ComponentRow } from "@/components/status/component-row";
import { statusSentence } from "@/components/status/status-days";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";
import { api } from "@/server/trpc/server";
import { PublicFrame } from "../networks/public-frame";

export const metadata: Metadata = {
  title: "Status",
  description: "How every part of this installation is now, and how it was in the last 90 days.",
};
export const dynamic = "force-dynamic";

async function read() {
  try {
    const caller = await api();
    const [status, incidents] = await Promise.all([
      caller.operations.getStatus({}),
      caller.monitoring.listPublicIncidents({}),
    ]);
    return { status, incidents };
  } catch {
    return null;
  }
}

/** What is up now and what was, from looks that were recorded each minute; what nobody looked at is not called up. */
export default async function StatusPage() {
  const found = await read();
  if (found === null) {
    return (
      <PublicFrame>
        <PageHeader title="Status" />
        <Panel flush>
          <UpstreamDown
            fills
            upstream="The database"
            sentence="This page answers, and the record of the parts could not be read. Load it again in a minute."
          />
        </Panel>
      </PublicFrame>
    );
  }
  const { components, lookedAt } = found.status;
  const { rest, ...judgement } = statusSentence(components);
  return (
    <PublicFrame>
      <PageHeader
        title="Status"
        facts={
          lookedAt ? (
            <span>
              last look <AgeText at={lookedAt} />
            </span>
          ) : undefined
        }
      />
      <StateSentence {...judgement}>{rest}</StateSentence>
      <Panel title="Parts" flush>
        {components.length === 0 ? (
          <EmptyState title="No look yet">
            Every part is looked at each minute. The first looks stand here then.
          </EmptyState>
        ) : (
          <>
            <ul className="divide-y">
              {components.map((component) => (
                <ComponentRow key={component.name} component={component} />
              ))}
            </ul>
            <div className="border-t px-4 py-3">
              <BarLegend />
            </div>
          </>
        )}
      </Panel>
      <Panel title={`Incidents of the last ${found.incidents.days} days`} flush>
        {found.incidents.items.length === 0 ? (
          <EmptyState title="No incident of a network">
            Outages that touch a whole network stand here. Those of one validator are its owner's to see.
          </EmptyState>
        ) : (
          <ul className="divide-y">
            {found.incidents.items.map(({ title, network, startedAt, endedAt }) => (
              <li
                key={`${title} ${network} ${startedAt}`}
                className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3"
              >
                <h3 className="text-base font-medium">
                  {title}: {network}
                </h3>
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
                  <span>
                    began <AgeText at={startedAt} />
                    {endedAt === null ? "" : `, lasted ${formatDuration(Date.parse(endedAt) - Date.parse(startedAt))}`}
                  </span>
                  <StateBadge
                    state={endedAt === null ? "danger" : "off"}
                    word={endedAt === null ? "Goes on" : "Over"}
                  />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </PublicFrame>
  );
}
