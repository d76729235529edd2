import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { HISTORY_SPANS, type HistorySpan } from "@/server/domains/chain/constants";

const WORDS: Record<HistorySpan, string> = { "24h": "24 hours", "7d": "7 days", "30d": "30 days" };

/** The spans of a history as links, so that each has an address. */
export function SpanLinks({ current, hrefOf }: { current: HistorySpan; hrefOf: (span: HistorySpan) => string }) {
  return (
    <nav aria-label="Time shown" className="flex gap-1">
      {HISTORY_SPANS.map((span) => (
        <Link
          key={span}
          href={hrefOf(span)}
          scroll={false}
          aria-current={span === current ? "true" : undefined}
          className={classNames(
            "flex min-h-7 items-center rounded-md px-2 text-xs coarse:min-h-11",
            span === current ? "bg-accent-wash font-medium text-ink" : "text-ink-muted hover:text-ink",
          )}
        >
          {WORDS[span]}
        </Link>
      ))}
    </nav>
  );
}
