"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import type { AuditRecord } from "@/server/domains/identity/schemas";
import { AuditRecordPanel } from "./audit-record-panel";

const ROW_PARAMETER = "row";

/** How often an open log is read again. */
export const AUDIT_REFETCH_MS = 10_000;

/** Filters that every log has. */
export const AUDIT_FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "action", label: "Action", placeholder: "Action begins with" },
  { kind: "words", name: "actor", label: "Actor", placeholder: "Actor, as user:usr_…" },
  { kind: "words", name: "targetId", label: "Target", placeholder: "Target's id" },
];

/** A page of the log, as a list gives it. */
export type AuditRows = { readonly items: readonly AuditRecord[]; readonly nextCursor: string | null };

type AuditPageProps = {
  id: string;
  facts: string;
  actions?: ReactNode;
  read: Parameters<typeof ListPage<AuditRecord>>[0]["read"] & { readonly data?: AuditRows | undefined };
  columns: readonly DataColumn<AuditRecord>[];
  filters: readonly DataFilter[];
  lead: ReactNode;
};

/** An audit log; one row opens beside the table and has its own address. */
export function AuditPage({ read, ...parts }: AuditPageProps) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useListSearch();
  const hrefOf = (id: string | undefined) => {
    const next = new URLSearchParams(search);
    next.delete(ROW_PARAMETER);
    if (id) next.set(ROW_PARAMETER, id);
    return `${pathname}?${next}`;
  };
  const open = read.data?.items.find((row) => row.id === search.get(ROW_PARAMETER));
  return (
    <ListPage
      title="Audit log"
      subject="The audit log"
      read={read}
      rowId={(row) => row.id}
      rowHref={(row) => hrefOf(row.id)}
      empty={
        <EmptyState title="Nothing has been recorded yet">
          Every change that a person, a token or a job makes stands here, in the transaction that made it.
        </EmptyState>
      }
      {...parts}
    >
      <AuditRecordPanel record={open} onClose={() => router.replace(hrefOf(undefined), { scroll: false })} />
    </ListPage>
  );
}
