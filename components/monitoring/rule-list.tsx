"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { formatDuration } from "@/lib/format/format-duration";
import type { RuleView } from "@/server/domains/monitoring/schemas";
import { EditRule } from "./edit-rule";
import { SEVERITY_WORDS } from "./monitoring-words";

const columnsWith = (onEdit: ((rule: RuleView) => void) | undefined): readonly DataColumn<RuleView>[] => [
  {
    id: "title",
    header: "Rule",
    isName: true,
    cell: ({ title }) => <NameCell name={title} />,
    text: ({ title }) => title,
  },
  {
    id: "state",
    header: "State",
    cell: ({ isEnabled }) => (
      <StateBadge {...(isEnabled ? { state: "ok", word: "On" } : { state: "off", word: "Off" })} />
    ),
    text: ({ isEnabled }) => (isEnabled ? "on" : "off"),
  },
  {
    id: "severity",
    header: "Severity",
    cell: ({ severity }) => SEVERITY_WORDS[severity],
    text: ({ severity }) => severity,
  },
  { id: "condition", header: "When", cell: ({ condition }) => condition, text: ({ condition }) => condition },
  {
    id: "for",
    header: "For",
    cell: ({ forSeconds }) => (forSeconds === 0 ? "at once" : formatDuration(forSeconds * 1_000)),
    text: ({ forSeconds }) => String(forSeconds),
  },
  {
    id: "runbook",
    header: "Runbook",
    cell: ({ runbook, title }) => (
      <Link className="underline underline-offset-4 hover:text-ink" href={`/docs/runbooks/${runbook}`}>
        Read<span className="sr-only"> the runbook of {title}</span>
      </Link>
    ),
    text: ({ runbook }) => runbook,
  },
  ...(onEdit
    ? [
        {
          id: "act",
          header: "Change",
          isAct: true,
          cell: (rule: RuleView) => (
            <Button size="small" onClick={() => onEdit(rule)}>
              Change<span className="sr-only"> {rule.title}</span>
            </Button>
          ),
        },
      ]
    : []),
];

type RuleListProps = { initial: { readonly items: readonly RuleView[] } | undefined; canAct: boolean };

/** Every rule as it holds for the organisation, with its figure, its patience and its runbook. */
export function RuleList({ initial, canAct }: RuleListProps) {
  const trpc = useTRPC();
  const [editing, setEditing] = useState<RuleView>();
  const columns = useMemo(() => columnsWith(canAct ? setEditing : undefined), [canAct]);
  const read = useQuery(
    trpc.monitoring.listRules.queryOptions({}, initial ? { initialData: { items: [...initial.items] } } : {}),
  );
  const paged = {
    ...read,
    data: read.data ? { items: read.data.items, nextCursor: null } : undefined,
  };
  return (
    <ListPage<RuleView>
      id="alert-rules"
      title="Alert rules"
      facts="Each holds for every validator of this organisation. What cannot be read is unknown, and never taken for bad."
      subject="The list of rules"
      read={paged as never}
      columns={columns}
      rowId={({ code }) => code}
      empty={<EmptyState title="No rule">This installation watches nothing.</EmptyState>}
    >
      {editing ? <EditRule key={editing.code} rule={editing} onClose={() => setEditing(undefined)} /> : null}
    </ListPage>
  );
}
