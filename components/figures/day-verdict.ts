import { formatShare } from "@/lib/format/format-percent";
import { groupDigits } from "@/lib/format/group-digits";
import type { UptimeCalendar } from "@/server/domains/chain/history/schemas";

export type CalendarDay = UptimeCalendar["days"][number];

/** From this share of missed blocks on a day is drawn as a bad one; far below what any chain jails for. */
const BAD_FROM = 0.01;

export type DayKind = "whole" | "missed" | "bad" | "outside" | "unknown";

/** How a day is drawn: whole, some missed, a hundredth or more missed, not in the set, not read. */
export function dayKind({ counts }: CalendarDay): DayKind {
  if (counts === null) return "unknown";
  const asked = counts.signed + counts.missed;
  if (asked === 0) return "outside";
  if (counts.missed === 0) return "whole";
  return counts.missed / asked < BAD_FROM ? "missed" : "bad";
}

const shareOf = (signed: number, asked: number): string => formatShare(BigInt(signed), BigInt(asked));

/** One day in words, for hover and for readers who do not see the picture. */
export function dayWords(day: CalendarDay): string {
  if (day.counts === null) return `${day.day}: not recorded`;
  const asked = day.counts.signed + day.counts.missed;
  if (asked === 0) return `${day.day}: not in the set`;
  const missed = day.counts.missed === 0 ? "none missed" : `${groupDigits(day.counts.missed)} missed`;
  return `${day.day}: ${shareOf(day.counts.signed, asked)} of ${groupDigits(asked)} blocks signed, ${missed}`;
}

/** All days in one sentence; what was not recorded is not counted as signed. */
export function calendarSentence(days: readonly CalendarDay[]): string {
  const read = days.flatMap(({ counts }) => counts ?? []);
  const asked = read.reduce((sum, { signed, missed }) => sum + signed + missed, 0);
  const signed = read.reduce((sum, counts) => sum + counts.signed, 0);
  const unread = days.length - read.length;
  const rest = unread === 0 ? "" : ` ${unread} of ${days.length} days were not recorded.`;
  if (asked === 0) return `It was asked for no block that was recorded.${rest}`;
  return `${shareOf(signed, asked)} of ${groupDigits(asked)} recorded blocks signed, ${groupDigits(asked - signed)} missed.${rest}`;
}
