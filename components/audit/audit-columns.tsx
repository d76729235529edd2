import { Fragment } from "react";
import type { DataColumn } from "@/components/data-table/data-column";
import { AgeText } from "@/components/figures/age-text";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import type { AuditRecord } from "@/server/domains/identity/schemas";

/** An id or name whose beginning says what it is and whose end tells it from others. */
function Short({ text }: { text: string }) {
  return (
    <span className="font-mono text-xs whitespace-nowrap" title={text}>
      {text.length > 28 ? shortenMiddle(text, 14, 6) : text}
    </span>
  );
}

/** An action's name, which may go to the next line behind a point or underscore but not within a word. */
function ActionName({ text }: { text: string }) {
  const parts = text.split(/(?<=[._])/);
  return (
    <span className="font-mono text-xs font-medium break-words">
      {parts.map((part, at) => (
        <Fragment key={parts.slice(0, at + 1).join("")}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}

export const AUDIT_COLUMNS: readonly DataColumn<AuditRecord>[] = [
  {
    id: "action",
    header: "Action",
    isName: true,
    cell: (row) => <ActionName text={row.action} />,
    text: (row) => row.action,
  },
  {
    id: "occurredAt",
    header: "Time",
    cell: (row) => <AgeText at={row.occurredAt} />,
    text: (row) => row.occurredAt,
  },
  { id: "actor", header: "Actor", cell: (row) => <Short text={row.actor} />, text: (row) => row.actor },
  {
    id: "target",
    header: "Target",
    cell: (row) => <Short text={row.targetId} />,
    text: (row) => `${row.targetType} ${row.targetId}`,
  },
  { id: "chainKey", header: "Chain", cell: (row) => <Short text={row.chainKey} />, text: (row) => row.chainKey },
  {
    id: "sequence",
    header: "Row",
    align: "right",
    cell: (row) => row.sequence,
    text: (row) => String(row.sequence),
  },
  {
    id: "ipAddress",
    header: "From",
    cell: (row) => row.ipAddress ?? <span className="text-ink-muted">no request</span>,
    text: (row) => row.ipAddress ?? "",
  },
  {
    id: "requestId",
    header: "Request",
    isHiddenAtFirst: true,
    cell: (row) => <Short text={row.requestId} />,
    text: (row) => row.requestId,
  },
];
