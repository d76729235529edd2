"use client";

import { useQuery } from "@tanstack/react-query";
import { AUDIT_COLUMNS } from "@/components/audit/audit-columns";
import { AUDIT_FILTERS, AUDIT_REFETCH_MS, AuditPage, type AuditRows } from "@/components/audit/audit-page";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { auditListInput } from "../list-inputs";
import { VerifyChains } from "./verify-chains";

const FILTERS: readonly DataFilter[] = [
  ...AUDIT_FILTERS,
  { kind: "words", name: "chainKey", label: "Chain", placeholder: "Chain: platform or org_…" },
];

/** The audit log of all organisations and the platform. */
export function AuditList({ initial }: { initial: AuditRows | undefined }) {
  const trpc = useTRPC();
  const input = auditListInput(useListSearch());
  const read = useQuery(
    trpc.identity.listPlatformAudit.queryOptions(input, {
      refetchInterval: AUDIT_REFETCH_MS,
      ...(initial ? { initialData: { items: [...initial.items], nextCursor: initial.nextCursor } } : {}),
    }),
  );
  return (
    <AuditPage
      id="admin-audit"
      facts="Append-only; one hash chain an organisation, and one of the platform."
      read={read}
      columns={AUDIT_COLUMNS}
      filters={FILTERS}
      lead={<VerifyChains key={input.chainKey ?? "all"} chainKey={input.chainKey} />}
    />
  );
}
