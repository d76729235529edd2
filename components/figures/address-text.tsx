import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { shortenMiddle } from "@/lib/format/shorten-middle";

type AddressTextProps = {
  value: string;
  /** What it is, for the copy button: "operator address". */
  kind: string;
  /** Shows every character, breaking where it must; always so in the signing sheet. */
  whole?: boolean;
  /** Without the copy button, inside links and table rows that have their own act. */
  plain?: boolean;
  className?: string;
};

/** An address, hash or key in mono, shortened in its middle; the copy is always whole. */
export function AddressText({ value, kind, whole, plain, className }: AddressTextProps) {
  return (
    <span className={classNames("inline-flex min-w-0 items-center gap-0.5 align-middle", className)}>
      <span
        className={classNames("font-mono text-[0.92em]", whole ? "break-all" : "whitespace-nowrap")}
        title={whole ? undefined : value}
      >
        {whole ? value : shortenMiddle(value)}
      </span>
      {plain ? null : <CopyButton value={value} label={`Copy ${kind}`} className="-my-1.5" />}
    </span>
  );
}
