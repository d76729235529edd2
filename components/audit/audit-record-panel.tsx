"use client";

import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { FactList } from "@/components/figures/fact-list";
import { Dialog } from "@/components/ui/dialog";
import type { AuditRecord } from "@/server/domains/identity/schemas";

const mono = (text: string) => <span className="font-mono text-xs break-all">{text}</span>;

/** One row of the log in full, beside the table. */
export function AuditRecordPanel({ record, onClose }: { record: AuditRecord | undefined; onClose: () => void }) {
  return (
    <Dialog
      open={record !== undefined}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={record?.action ?? "Audit row"}
      placement="side"
    >
      {record ? (
        <>
          <FactList
            facts={[
              { label: "Time", value: <AgeText at={record.occurredAt} /> },
              { label: "Actor", value: mono(record.actor) },
              { label: "Target", value: mono(`${record.targetType} ${record.targetId}`) },
              { label: "From", value: record.ipAddress ?? "no request; a job or a process of ours" },
              { label: "Request", value: mono(record.requestId) },
              { label: "Chain", value: mono(record.chainKey) },
              { label: "Row of the chain", value: String(record.sequence) },
              { label: "Hash", value: <AddressText value={record.hash} kind="hash of the row" whole /> },
            ]}
          />
          <div className="border-t p-4">
            <h3 className="mb-2 text-sm font-semibold">Details</h3>
            {Object.keys(record.details).length === 0 ? (
              <p className="text-sm text-ink-muted">This action keeps none.</p>
            ) : (
              <pre className="whitespace-pre-wrap wrap-anywhere rounded-md bg-sunken p-3 font-mono text-xs">
                {JSON.stringify(record.details, null, 2)}
              </pre>
            )}
          </div>
        </>
      ) : null}
    </Dialog>
  );
}
