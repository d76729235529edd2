import { startOfStep } from "@/lib/start-of-step";
import type { QuietHours } from "./schemas";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

const minutesOf = (text: string): number => {
  const [hours = "0", minutes = "0"] = text.split(":");
  return Number(hours) * 60 + Number(minutes);
};

const localMinutes = (at: Date, timeZone: string): number =>
  minutesOf(
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at),
  );

/** When the quiet hours that hold now end; null outside of them. They may reach over midnight, and over a change of the clocks. */
export function quietUntil(quiet: QuietHours | null, now: Date): Date | null {
  if (quiet === null) return null;
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  const isWithin = (minutes: number) => (from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to);
  if (!isWithin(localMinutes(now, quiet.timeZone))) return null;
  const wholeMinute = startOfStep(now.getTime(), MINUTE_MS);
  const straight = (to - localMinutes(now, quiet.timeZone) + DAY_MINUTES) % DAY_MINUTES;
  let until = new Date(wholeMinute + straight * MINUTE_MS);
  // Where the clocks change in between the end is an hour earlier or later; it is never in the quiet hours, and never long behind their end.
  const late = (localMinutes(until, quiet.timeZone) - to + DAY_MINUTES) % DAY_MINUTES;
  if (late > 0 && late <= 120) until = new Date(Math.max(wholeMinute + MINUTE_MS, until.getTime() - late * MINUTE_MS));
  else if (late > 120) until = new Date(until.getTime() + (DAY_MINUTES - late) * MINUTE_MS);
  return until;
}
