import { classNames } from "@/components/ui/class-names";
import { type CalendarDay, calendarSentence, type DayKind, dayKind, dayWords } from "./day-verdict";

/** Each kind has a shape besides its colour: full, notched, broken, a ring, hatched. */
const CELLS: Record<DayKind, string> = {
  whole: "bg-ok-cell",
  missed: "bg-ok-cell border-b-6 border-attention-mark",
  bad: "bg-panel border-y-8 border-danger-mark",
  outside: "border border-line-strong",
  unknown: "hatch",
};
/** The same shapes at half the size, for the words below; written out, since a class that is put together at run time is in no stylesheet. */
const SWATCHES: Record<DayKind, string> = {
  ...CELLS,
  missed: "bg-ok-cell border-b-3 border-attention-mark",
  bad: "bg-panel border-y-4 border-danger-mark",
};
const WORDS: Record<DayKind, string> = {
  whole: "every block signed",
  missed: "under 1 % missed",
  bad: "1 % or more missed",
  outside: "not in the set",
  unknown: "not recorded",
};

/** Days of UTC, oldest first, as the chain's commits tell them; a day that nobody read is hatched, never green. */
export function UptimeCalendar({ name, days }: { name: string; days: readonly CalendarDay[] }) {
  const kinds = [...new Set(days.map(dayKind))];
  return (
    <div className="grid gap-3">
      <p className="text-sm">{calendarSentence(days)}</p>
      <ol aria-label={`Days of ${name}`} className="flex flex-wrap gap-1">
        {days.map((day) => (
          <li
            key={day.day}
            title={dayWords(day)}
            className={classNames("relative size-6 rounded-sm", CELLS[dayKind(day)])}
          >
            <span className="sr-only">{dayWords(day)}</span>
          </li>
        ))}
      </ol>
      <ul aria-label="What the cells mean" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
        {kinds.map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={classNames("size-3 rounded-sm", SWATCHES[kind])} />
            {WORDS[kind]}
          </li>
        ))}
      </ul>
    </div>
  );
}
