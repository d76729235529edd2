"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataFilter } from "@/components/data-table/data-column";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import type { AuditRecord } from "@/server/domains/identity/schemas";
import { auditListInput } from "../list-inputs";
import { useListSearch } from "../use-list-search";
import { AUDIT_COLUMNS } from "./audit-columns";
import { AuditRecordPanel } from "./audit-record-panel";
import { VerifyChains } from "./verify-chains";

const REFETCH_MS = 10_000;
const ROW_PARAMETER = "row";
const FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "action", label: "Action", placeholder: "Action begins with" },
  { kind: "words", name: "actor", label: "Actor", placeholder: "Actor, as user:usr_…" },
  { kind: "words", name: "targetId", label: "Target", placeholder: "Target's id" },
  { kind: "words", name: "chainKey", label: "Chain", placeholder: "Chain: platform or org_…" },
];

type Page = { readonly items: readonly AuditRecord[]; readonly nextCursor: string | null };

/** The audit log of all organisations and the platform; one row opens beside the table and has its own address. */
export function AuditList({ initial }: { initial: Page | undefined }) {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const search = useListSearch();
  const input = auditListInput(search);
  const read = useQuery(
    trpc.identity.listPlatformAudit.queryOptions(input, {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { items: [...initial.items], nextCursor: initial.nextCursor } } : {}),
    }),
  );
  const hrefOf = (id: string | undefined) => {
    const next = new URLSearchParams(search);
    next.delete(ROW_PARAMETER);
    if (id) next.set(ROW_PARAMETER, id);
    return `${pathname}?${next}`;
  };
  const open = read.data?.items.find((row) => row.id === search.get(ROW_PARAMETER));
  return (
    <ListPage
      id="admin-audit"
      title="Audit log"
      facts="Append-only; one hash chain an organisation, and one of the platform."
      subject="The audit log"
      read={read}
      columns={AUDIT_COLUMNS}
      filters={FILTERS}
      rowId={(row) => row.id}
      rowHref={(row) => hrefOf(row.id)}
      empty={
        <EmptyState title="Nothing has been recorded yet">
          Every change that a person, a token or a job makes stands here, in the transaction that made it.
        </EmptyState>
      }
      lead={<VerifyChains key={input.chainKey ?? "all"} chainKey={input.chainKey} />}
    >
      <AuditRecordPanel record={open} onClose={() => router.replace(hrefOf(undefined), { scroll: false })} />
    </ListPage>
  );
}
