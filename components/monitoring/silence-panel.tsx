"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import type { Silence } from "@/server/domains/monitoring/schemas";

const JUDGEMENT = {
  ahead: { state: "off", word: "Ahead" },
  in_force: { state: "attention", word: "In force" },
  over: { state: "off", word: "Over" },
} as const;

const about = ({ kind, ruleTitle, subjectId }: Silence): string =>
  `${kind === "maintenance" ? "Maintenance" : "Silence"} of ${ruleTitle ?? "every rule"}, ${subjectId ?? "everything"}`;

/** Silences and maintenance windows that are not over, with their end by hand. */
export function SilencePanel({ canAct }: { canAct: boolean }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(
    trpc.monitoring.listSilences.queryOptions({ limit: 100, isOver: false }, { refetchInterval: 10_000 }),
  );
  const end = useAct((silenceId: string) => client.monitoring.endSilence.mutate({ silenceId }));
  const rows = read.data?.items ?? [];
  return (
    <Panel title="Silences and maintenance windows" flush>
      {read.error && !read.data ? (
        <div className="p-4">
          <UpstreamDown
            upstream="The list of silences"
            sentence={shownError(read.error).message}
            code={shownError(read.error).code}
            onRetry={() => void read.refetch()}
          />
        </div>
      ) : rows.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-muted">
          {read.data ? "None: everything that fires is told." : "Reading the list."}
        </p>
      ) : (
        <ul className="divide-y text-sm">
          {rows.map((silence) => (
            <li key={silence.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
              <StateBadge {...JUDGEMENT[silence.state]} />
              <span className="min-w-0 break-words">
                {about(silence)}: {silence.reason}
              </span>
              <span className="text-ink-muted">
                until <AgeText at={silence.endsAt} />
              </span>
              {canAct ? (
                <Button size="small" className="ml-auto" busy={end.isBusy} onClick={() => void end.run(silence.id)}>
                  End now<span className="sr-only"> {about(silence)}</span>
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {end.error ? (
        <p role="alert" className="px-4 py-2 text-sm text-danger-text">
          {end.error}
        </p>
      ) : null}
    </Panel>
  );
}
