"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { DetailPage } from "@/components/layout/detail-page";
import type { Judgement } from "@/components/state/judgements";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { HealthBoard as Board } from "@/server/domains/fleet/schemas";
import { type Parts, readParts } from "./read-parts";

const REFETCH_MS = 5_000;
const JUDGEMENT: Record<Parts["status"], Judgement> = {
  ok: { state: "ok", word: "Well" },
  degraded: { state: "attention", word: "Degraded" },
  down: { state: "danger", word: "Down" },
  unknown: { state: "unknown", word: "Not known" },
};

const ageOf = (ageSeconds: number | null): ReactNode =>
  ageSeconds === null ? (
    <UnknownText reason="Nothing was heard of it, so nothing has an age." />
  ) : (
    `${formatDuration(ageSeconds * 1_000)} old`
  );

/** Every part of the installation with how it stands and how old that is, and how far what moves is behind. */
export function HealthBoard({ initial }: { initial: Board | undefined }) {
  const parts = useQuery({
    queryKey: ["health-parts"],
    queryFn: ({ signal }) => readParts(signal),
    refetchInterval: REFETCH_MS,
  });
  const board = useQuery(
    useTRPC().fleet.getHealthBoard.queryOptions(
      {},
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const failure = board.error ? failedRead(board.error, "The board") : undefined;
  return (
    <DetailPage
      title="Health"
      facts="Each part as it says of itself, and how far what moves is behind."
      {...(parts.data ? { sentence: { ...JUDGEMENT[parts.data.status], children: sentenceOf(parts.data) } } : {})}
    >
      <Panel title="Parts" flush aside={parts.data ? <AgeText at={parts.data.checkedAt} /> : undefined}>
        {parts.data ? (
          <PartRows parts={parts.data} />
        ) : (
          <p className="px-4 py-3 text-sm text-ink-muted">
            {parts.error ? "The parts could not be asked; they are asked again in a few seconds." : "Asking the parts."}
          </p>
        )}
      </Panel>
      {failure ? <UpstreamDown {...failure} onRetry={() => void board.refetch()} /> : null}
      {board.data ? <Figures board={board.data} /> : null}
    </DetailPage>
  );
}

function sentenceOf({ components }: Parts): string {
  const ill = components.filter(({ status, isOptional }) => status !== "ok" && !isOptional);
  if (ill.length === 0) return "Every part that is needed is well.";
  return `${ill.length} of ${components.length} parts ${ill.length === 1 ? "is" : "are"} not well: ${ill.map(({ name }) => name).join(", ")}.`;
}

const RANK: Record<Parts["status"], number> = { down: 0, degraded: 1, unknown: 2, ok: 3 };

function PartRows({ parts: { components } }: { parts: Parts }) {
  const rows = [...components].sort((one, other) => RANK[one.status] - RANK[other.status]);
  return (
    <ul className="grid text-sm sm:grid-cols-2">
      {rows.map(({ name, status, reason, ageSeconds, isOptional }) => (
        <li key={name} className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 border-b px-4 py-2">
          <StateBadge {...JUDGEMENT[status]} />
          <span className="font-mono text-xs break-all">{name}</span>
          <span className="ml-auto text-xs text-ink-muted">{ageOf(ageSeconds)}</span>
          {reason === null ? null : (
            <span className="w-full break-words text-ink-muted">
              {reason}
              {isOptional ? " Nothing needs it now." : ""}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const known = (value: number | string | null, reason: string): ReactNode =>
  value === null ? <UnknownText reason={reason} /> : groupDigits(value);
const at = (value: string | null, none: string): ReactNode => (value === null ? none : <AgeText at={value} />);

function Figures({ board }: { board: Board }) {
  const { networks, outbox, channels, agents, engine, whyNoEngine, processes } = board;
  return (
    // Columns, not rows: a short box leaves no hole beside a long one.
    <div className="gap-4 *:mb-4 *:break-inside-avoid md:columns-2">
      <Panel title="Watcher, by network" flush>
        {networks.length === 0 ? (
          <p className="px-4 py-3 text-sm text-ink-muted">No network is active.</p>
        ) : (
          <ul className="divide-y text-sm">
            {networks.map((network) => (
              <li key={network.networkId} className="grid gap-0.5 px-4 py-2">
                <span className="flex flex-wrap justify-between gap-x-3">
                  <span className="min-w-0 font-medium break-words">{network.name}</span>
                  <span className="tabular-nums">
                    {known(network.lagBlocks, "The watcher has recorded no block of this network.")}{" "}
                    {network.lagBlocks === 1 ? "block" : "blocks"} behind
                  </span>
                </span>
                <span className="text-xs text-ink-muted">
                  Tip {known(network.tipHeightBlocks, "No tip was read yet.")}, its block{" "}
                  {at(network.tipAt, "never seen")}, looked at {at(network.readAt, "never")},{" "}
                  {network.endpoints.healthy} of {network.endpoints.all} endpoints healthy
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Job engine" flush>
        {engine === null ? (
          <p className="px-4 py-3 text-sm text-ink-muted">{whyNoEngine}</p>
        ) : (
          <FactList
            facts={[
              {
                label: "State",
                value: engine.state === "active" ? "Active" : engine.state === "away" ? "Away" : "Never started",
              },
              { label: "Waiting in the queue", value: groupDigits(engine.queueDepth) },
              {
                label: "Oldest that is due",
                value: engine.oldestDueAgeMs === null ? "none" : `${formatDuration(engine.oldestDueAgeMs)} late`,
              },
              { label: "Calls that run now", value: groupDigits(engine.executingCalls) },
              { label: "Runs that are open", value: groupDigits(engine.activeRuns) },
              {
                label: "Last sign of life",
                value: ageOf(engine.heartbeatAgeMs === null ? null : engine.heartbeatAgeMs / 1_000),
              },
            ]}
          />
        )}
      </Panel>
      <Panel title="Outbox" flush>
        <FactList
          facts={[
            { label: "Events that wait", value: groupDigits(outbox.waiting) },
            {
              label: "The oldest waits for",
              value: outbox.oldestAgeSeconds === null ? "none" : formatDuration(outbox.oldestAgeSeconds * 1_000),
            },
          ]}
        />
      </Panel>
      <Panel title="Channels" flush>
        <FactList
          facts={[
            { label: "Verified", value: groupDigits(channels.verified) },
            { label: "Not verified", value: groupDigits(channels.unverified) },
            { label: "Messages that wait", value: groupDigits(channels.waiting) },
            { label: "The oldest was written", value: at(channels.oldestWaitingAt, "none waits") },
            { label: "Given up in 24 hours", value: groupDigits(channels.deadToday) },
          ]}
        />
      </Panel>
      <Panel title="Agents on people's machines" flush>
        <FactList
          facts={[
            { label: "Online", value: groupDigits(agents.online) },
            { label: "Offline", value: groupDigits(agents.offline) },
            { label: "Last heard of", value: at(agents.lastSeenAt, "none yet") },
          ]}
        />
      </Panel>
      <Panel title="Signs of life" flush>
        {processes.length === 0 ? (
          <p className="px-4 py-3 text-sm text-ink-muted">No process has reported yet.</p>
        ) : (
          <FactList
            facts={processes.map(({ component, ageSeconds, reason }) => ({
              label: component,
              value: (
                <span title={reason ?? undefined}>
                  {ageOf(ageSeconds)}
                  {reason === null ? "" : `: ${reason}`}
                </span>
              ),
            }))}
          />
        )}
      </Panel>
    </div>
  );
}
