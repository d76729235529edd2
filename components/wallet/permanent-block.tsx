import { LockKeyhole } from "lucide-react";
import { allFields, type DecodedTransaction } from "@/lib/chain/decode/decoded-transaction";
import { FieldRow } from "./transaction-fields";

/** What can never be changed once this is signed, framed apart; nothing is drawn when all of it can be changed. */
export function PermanentBlock({ decoded }: { decoded: DecodedTransaction }) {
  const lasting = allFields(decoded).filter((field) => field.permanent);
  if (lasting.length === 0) return null;
  return (
    <section aria-labelledby="permanent-heading" className="rounded-md border-2 border-danger-mark">
      <h3
        id="permanent-heading"
        className="flex items-center gap-2 border-b border-danger-mark bg-danger-wash px-4 py-2 text-sm font-semibold text-danger-text"
      >
        <LockKeyhole aria-hidden="true" className="size-4" />
        Can never be changed after this
      </h3>
      <dl className="divide-y px-4 text-sm">
        {lasting.map((field) => (
          <FieldRow key={field.path} field={field} />
        ))}
      </dl>
    </section>
  );
}
