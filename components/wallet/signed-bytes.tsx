import { CopyButton } from "@/components/ui/copy-button";
import { groupDigits } from "@/lib/format/group-digits";

type SignedBytesProps = { fingerprint: string; hex: string; encoding: "direct" | "amino" };

/** The fingerprint to compare, and the very bytes behind it. */
export function SignedBytes({ fingerprint, hex, encoding }: SignedBytesProps) {
  return (
    <section className="rounded-md border bg-sunken">
      <div className="px-4 py-3">
        <h3 className="text-xs text-ink-muted">Fingerprint of the bytes</h3>
        <p className="flex items-center gap-1">
          <span className="font-mono text-xl tracking-wide break-all">{fingerprint}</span>
          <CopyButton value={fingerprint} label="Copy fingerprint" />
        </p>
        <p className="text-xs text-pretty text-ink-muted">
          The same code stands in the activity log and in the API. Where it differs, other bytes were signed.
        </p>
      </div>
      <details className="border-t">
        <summary className="px-4 py-2 text-sm text-ink-muted hover:text-ink">
          All {groupDigits(hex.length / 2)} bytes,{" "}
          {encoding === "direct" ? "protobuf sign document" : "amino sign document"}
        </summary>
        <div className="border-t px-4 py-3">
          <code className="block max-h-60 overflow-y-auto text-xs break-all">{hex}</code>
          <CopyButton value={hex} label="Copy all bytes" />
        </div>
      </details>
    </section>
  );
}
