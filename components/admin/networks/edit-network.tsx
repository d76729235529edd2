import { PageHeader } from "@/components/layout/page-header";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";
import { NetworkForm } from "./network-form";

/** The record of a network that is kept, to be changed. */
export function EditNetwork({ networkId, record }: { networkId: string; record: NetworkDraft }) {
  return (
    <div className="max-w-320">
      <PageHeader
        title={`Edit ${record.displayName}`}
        trail={[
          { href: "/admin/networks", label: "Networks" },
          { href: `/admin/networks/${networkId}`, label: record.displayName },
        ]}
        facts="What changes here holds for nodes that are made from now on; those that run keep the files they were made with."
      />
      <NetworkForm draft={record} isKept />
    </div>
  );
}
