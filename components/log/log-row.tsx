import { classNames } from "@/components/ui/class-names";
import { type LogLevel, type LogLine, splitAtMatches } from "./log-lines";

const LEVEL_LOOK: Record<LogLevel, string> = {
  debug: "text-ink-faint",
  info: "text-ink-muted",
  warn: "text-attention-text",
  error: "text-danger-text",
};

type LogRowProps = {
  line: LogLine;
  words: string;
  index: number;
  top: number;
  measure: (element: HTMLElement | null) => void;
};

/** One line of a log at its place in the virtual list. */
export function LogRow({ line, words, index, top, measure }: LogRowProps) {
  return (
    <div
      ref={measure}
      data-index={index}
      style={{ transform: `translateY(${top}px)` }}
      className={classNames(
        "absolute inset-x-0 top-0 flex gap-3 border-l-2 px-3 leading-5 hover:bg-raised",
        line.level === "error"
          ? "border-danger-mark"
          : line.level === "warn"
            ? "border-attention-mark"
            : "border-transparent",
      )}
    >
      <time dateTime={line.at} title={line.at} className="shrink-0 text-ink-faint">
        {line.at.slice(11, 19)}
      </time>
      <span className={classNames("w-10 shrink-0", LEVEL_LOOK[line.level])}>{line.level}</span>
      {line.source ? (
        <span className="hidden w-24 shrink-0 truncate text-ink-muted sm:inline">{line.source}</span>
      ) : null}
      <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">
        {splitAtMatches(line.text, words).map((part, place) =>
          place % 2 === 1 ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity than their place
            <mark key={place} className="rounded-sm bg-accent text-on-accent">
              {part}
            </mark>
          ) : (
            part
          ),
        )}
      </span>
    </div>
  );
}
