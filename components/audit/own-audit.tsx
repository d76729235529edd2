"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useListSearch } from "@/components/data-table/use-list-search";
import { useOrganizationSlug } from "@/components/layout/console-place";
import { Button } from "@/components/ui/button";
import { groupDigits } from "@/lib/format/group-digits";
import { MAX_EXPORTED_AUDIT_ROWS } from "@/server/domains/identity/constants";
import { AUDIT_COLUMNS } from "./audit-columns";
import { AUDIT_FILTERS, AUDIT_REFETCH_MS, AuditPage, type AuditRows } from "./audit-page";
import { auditExportHref, ownAuditInput } from "./audit-search";
import { VerifyPanel } from "./verify-panel";

/** All rows are of one chain here. */
const COLUMNS = AUDIT_COLUMNS.filter(({ id }) => id !== "chainKey");
const FILE_WORDS_ID = "audit-file-words";

/** The organisation's own audit log: its rows, its chain, and all of it as a file. */
export function OwnAudit({ initial }: { initial: AuditRows | undefined }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const search = useListSearch();
  const organization = useOrganizationSlug();
  const read = useQuery(
    trpc.identity.listAudit.queryOptions(ownAuditInput(search), {
      refetchInterval: AUDIT_REFETCH_MS,
      ...(initial ? { initialData: { items: [...initial.items], nextCursor: initial.nextCursor } } : {}),
    }),
  );
  return (
    <AuditPage
      id="audit"
      facts="Who changed what in this organisation; append-only, in one hash chain."
      actions={
        <div className="grid gap-1 sm:justify-items-end">
          <Button asChild>
            {/* With `download` a refusal is a failed download, and this page stays. */}
            <a href={auditExportHref(organization, search)} download aria-describedby={FILE_WORDS_ID}>
              <Download aria-hidden="true" />
              Download CSV
            </a>
          </Button>
          <p id={FILE_WORDS_ID} className="text-xs text-ink-muted sm:max-w-72 sm:text-right">
            Every row that the filters leave, newest first; the newest {groupDigits(MAX_EXPORTED_AUDIT_ROWS)} at most.
          </p>
        </div>
      }
      read={read}
      columns={COLUMNS}
      filters={AUDIT_FILTERS}
      lead={
        <VerifyPanel
          act="Verify chain"
          verify={async (onWalk) => {
            onWalk(0, 1);
            return [await client.identity.verifyOwnAudit.mutate({})];
          }}
        />
      }
    />
  );
}
