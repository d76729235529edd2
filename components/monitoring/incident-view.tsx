"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { DetailColumns, DetailPage, type Stale } from "@/components/layout/detail-page";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { formatDuration } from "@/lib/format/format-duration";
import { NOTE_MAX_CHARACTERS } from "@/server/domains/monitoring/constants";
import type { Incident, IncidentRecord } from "@/server/domains/monitoring/schemas";
import { nextIncidentStatuses } from "@/server/domains/monitoring/states";
import { INCIDENT_JUDGEMENT } from "./monitoring-words";

type NextStatus = Exclude<Incident["status"], "open">;
type Acts = {
  readonly move: (status: NextStatus, note: string) => Promise<unknown>;
  readonly note: (note: string) => Promise<unknown>;
  readonly takeOver?: () => Promise<unknown>;
};

/** Which page of a long timeline is shown; the first has the beginning. */
type TimelinePage = { readonly cursor: string | undefined; readonly show: (cursor: string | undefined) => void };

export function useTimelinePage(): TimelinePage {
  const [cursor, show] = useState<string>();
  return { cursor, show };
}

type IncidentViewProps = {
  record: IncidentRecord;
  page: TimelinePage;
  trail: readonly { readonly href: string; readonly label: string }[];
  stale: Stale | undefined;
  canAct: boolean;
  /** The way to the alert that opened it. */
  alert: ReactNode;
  acts: Acts;
};

/** How an incident stands, what happened in it, and the next line of it. */
export function IncidentView({ record, page, trail, stale, canAct, alert, acts }: IncidentViewProps) {
  const { incident, timeline, nextCursor } = record;
  const lasted = incident.resolvedAt === null ? "It has gone on for" : "It went on for";
  return (
    <DetailPage
      title={incident.title}
      trail={[...trail]}
      facts={<span className="font-mono">{incident.number}</span>}
      stale={stale}
      sentence={{
        ...INCIDENT_JUDGEMENT[incident.status],
        children: `${lasted} ${formatDuration(incident.downtimeMs)} since its first sign.`,
      }}
    >
      <DetailColumns side={<Facts incident={incident} alert={alert} />}>
        <Panel title="Timeline" flush>
          <ol className="divide-y text-sm">
            {timeline.map(({ id, text, actor, at }) => (
              <li key={id} className="grid gap-0.5 px-4 py-2">
                <span className="break-words whitespace-pre-wrap">{text}</span>
                <span className="text-xs text-ink-muted">
                  <AgeText at={at} /> by <span className="font-mono break-all">{actor}</span>
                </span>
              </li>
            ))}
          </ol>
          {page.cursor === undefined && nextCursor === null ? null : (
            <div className="flex flex-wrap gap-2 border-t px-4 py-2">
              {page.cursor === undefined ? null : (
                <Button size="small" onClick={() => page.show(undefined)}>
                  From the beginning
                </Button>
              )}
              {nextCursor === null ? null : (
                <Button size="small" onClick={() => page.show(nextCursor)}>
                  Later lines
                </Button>
              )}
            </div>
          )}
        </Panel>
        {canAct ? <NextLine incident={incident} acts={acts} /> : null}
      </DetailColumns>
    </DetailPage>
  );
}

function Facts({ incident, alert }: { incident: Incident; alert: ReactNode }) {
  const span = (ms: number | null, none: string) => (ms === null ? none : formatDuration(ms));
  return (
    <Panel flush>
      <FactList
        facts={[
          { label: "About", value: incident.subjectName },
          { label: "First sign", value: <AgeText at={incident.startedAt} /> },
          { label: "Opened", value: <AgeText at={incident.openedAt} /> },
          { label: "Acknowledged after", value: span(incident.timeToAcknowledgeMs, "not yet") },
          { label: "Over after", value: span(incident.timeToResolveMs, "goes on") },
          { label: "With", value: incident.assignedToUserId ?? "nobody" },
          { label: "Alert", value: alert },
          ...(incident.resolution ? [{ label: "Resolution", value: incident.resolution }] : []),
          ...(incident.runbook
            ? [
                {
                  label: "What to do",
                  value: (
                    <Link
                      className="underline underline-offset-4 hover:text-ink"
                      href={`/docs/runbooks/${incident.runbook}`}
                    >
                      Runbook
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function NextLine({ incident, acts }: { incident: Incident; acts: Acts }) {
  const [note, setNote] = useState("");
  const [status, setStatus] = useState<NextStatus | "">("");
  const next = nextIncidentStatuses(incident.status).filter((one): one is NextStatus => one !== "open");
  // What somebody else moved it to meanwhile may be what was chosen here.
  const chosen = next.find((one) => one === status) ?? "";
  const act = useAct(
    () => (chosen === "" ? acts.note(note) : acts.move(chosen, note)),
    () => {
      setNote("");
      setStatus("");
    },
  );
  const takeOver = useAct(() => acts.takeOver?.() ?? Promise.resolve());
  const isReady = chosen !== "" || note.trim() !== "";
  const error = act.error ?? takeOver.error;
  return (
    <Panel title="Next line">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !act.isBusy) void act.run(undefined);
        }}
      >
        <Field label="Status">
          {(control) => (
            <Select
              {...control}
              value={chosen}
              onChange={(event) => setStatus(next.find((one) => one === event.target.value) ?? "")}
            >
              <option value="">Stays {INCIDENT_JUDGEMENT[incident.status].word.toLowerCase()}</option>
              {next.map((one) => (
                <option key={one} value={one}>
                  {INCIDENT_JUDGEMENT[one].word}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Note" hint="What you saw, did or found; it stays in the timeline.">
          {(control) => (
            <Textarea
              {...control}
              value={note}
              maxLength={NOTE_MAX_CHARACTERS}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {error ? (
          <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
            {error}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" type="submit" disabled={!isReady} busy={act.isBusy}>
            Write it down
          </Button>
          {acts.takeOver ? (
            <Button busy={takeOver.isBusy} onClick={() => void takeOver.run(undefined)}>
              Take it over
            </Button>
          ) : null}
        </div>
      </form>
    </Panel>
  );
}
