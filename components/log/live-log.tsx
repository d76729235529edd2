"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Download, Pause, Play, Search } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { controlStyles } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { groupDigits } from "@/lib/format/group-digits";
import { downloadText } from "./download-text";
import { filterLogLines, LOG_LEVELS, type LogLevel, type LogLine, logFileText } from "./log-lines";
import { LogRow } from "./log-row";

type LiveLogProps = {
  /** What is logged: "Log of node eu-1". */
  label: string;
  lines: readonly LogLine[];
  /** Name of the downloaded file, without its ending. */
  fileName: string;
  /** What stands there while there is no line: why, and when one will come. */
  emptyText: string;
  /** Set when lines stopped coming although they should: one sentence. */
  brokenText?: string | undefined;
  /** Fills its parent, which must have a height (a drawer); otherwise 24 rem high. */
  fills?: boolean;
};

const LEVEL_WORDS: Record<LogLevel, string> = {
  debug: "All levels",
  info: "Info and above",
  warn: "Warnings and errors",
  error: "Errors",
};
const ROW_PX = 20;
const NEAR_END_PX = 40;
/** A scroll within this time of a wheel, touch or key is the reader's. */
const READER_INPUT_MS = 400;

/** A log that follows its end until the reader scrolls up or pauses; searched, filtered and downloaded as it is shown. */
export function LiveLog({ label, lines, fileName, emptyText, brokenText, fills }: LiveLogProps) {
  const [isFollowing, setIsFollowing] = useState(true);
  const [least, setLeast] = useState<LogLevel>("debug");
  const [words, setWords] = useState("");
  const [seenId, setSeenId] = useState(0);
  const scroller = useRef<HTMLElement>(null);
  const readerInputAtMs = useRef(Number.NEGATIVE_INFINITY);
  const shown = useMemo(() => filterLogLines(lines, least, words), [lines, least, words]);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: 20,
  });
  const heightPx = rows.getTotalSize();
  const lastId = lines.at(-1)?.id ?? 0;
  const unseen = isFollowing ? 0 : lines.filter((line) => line.id > seenId).length;

  // Again as rows are measured: the end moves while lines are found to wrap.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of lines and their height are what moves the end
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isFollowing && element) element.scrollTop = element.scrollHeight;
  }, [isFollowing, shown.length, heightPx]);

  function setFollowing(next: boolean): void {
    setIsFollowing(next);
    if (!next) setSeenId(lastId);
  }

  // The list scrolls by itself, too (to follow, and as rows are measured); only the reader's own scrolling may stop it.
  function onReaderInput(): void {
    readerInputAtMs.current = performance.now();
  }

  function onScroll(): void {
    const element = scroller.current;
    if (!element || performance.now() - readerInputAtMs.current > READER_INPUT_MS) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (isAtEnd !== isFollowing) setFollowing(isAtEnd);
  }

  return (
    <div className={classNames("flex min-h-0 flex-col", fills && "h-full")}>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <span className="relative min-w-40 flex-1 max-sm:basis-full">
          <Search aria-hidden="true" className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint" />
          <input
            type="search"
            aria-label={`Search in ${label}`}
            placeholder="Search"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className={`${controlStyles} pl-8`}
          />
        </span>
        <Select
          aria-label="Level"
          className="w-auto max-sm:flex-1 sm:w-48"
          value={least}
          onChange={(event) => setLeast(event.target.value as LogLevel)}
        >
          {LOG_LEVELS.map((level) => (
            <option key={level} value={level}>
              {LEVEL_WORDS[level]}
            </option>
          ))}
        </Select>
        <Button onClick={() => setFollowing(!isFollowing)} className="min-w-28 sm:min-w-32">
          {isFollowing ? <Pause /> : <Play />}
          {isFollowing ? "Pause" : unseen > 0 ? `Follow, ${groupDigits(unseen)} new` : "Follow"}
        </Button>
        <Button
          size="icon"
          aria-label="Download what is shown"
          onClick={() => downloadText(`${fileName}.log`, logFileText(shown))}
        >
          <Download />
        </Button>
      </div>
      {brokenText ? (
        <p role="status" className="border-b bg-attention-wash px-3 py-1.5 text-xs">
          {brokenText}
        </p>
      ) : null}
      <section
        ref={scroller}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard (WCAG 2.1.1)
        tabIndex={0}
        onScroll={onScroll}
        onWheel={onReaderInput}
        onTouchMove={onReaderInput}
        onPointerDown={onReaderInput}
        onKeyDown={onReaderInput}
        className={classNames(
          "overflow-y-auto overscroll-contain bg-sunken py-1 font-mono text-xs focus-visible:-outline-offset-2",
          fills ? "min-h-0 flex-1" : "h-96",
        )}
      >
        {shown.length === 0 ? (
          <p className="px-3 py-2 font-sans text-ink-muted">
            {lines.length === 0 ? emptyText : "No line has these words at this level."}
          </p>
        ) : (
          <div className="relative" style={{ height: heightPx }}>
            {rows.getVirtualItems().map((item) => {
              const line = shown[item.index];
              return line ? (
                <LogRow
                  key={item.key}
                  line={line}
                  words={words}
                  index={item.index}
                  top={item.start}
                  measure={rows.measureElement}
                />
              ) : null;
            })}
          </div>
        )}
      </section>
      <p className="border-t px-3 py-1 text-xs text-ink-muted">
        {shown.length === lines.length
          ? `${groupDigits(lines.length)} ${lines.length === 1 ? "line" : "lines"}`
          : `${groupDigits(shown.length)} of ${groupDigits(lines.length)} ${lines.length === 1 ? "line" : "lines"}`}
      </p>
    </div>
  );
}
