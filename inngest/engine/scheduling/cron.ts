import { type CronExpression, CronExpressionParser } from "cron-parser";

/** A cron schedule as the SDK sends it, such as `TZ=Europe/Paris 0 9 * * *`; UTC when no zone is given. */
export type CronSchedule = { readonly source: string; readonly expression: string; readonly timeZone: string };

/** Reads a schedule of five fields. Throws an Error that says what is wrong: seconds, unknown zones and unreadable fields are refused. */
export function parseCron(source: string): CronSchedule {
  const match = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.+)$/.exec(source.trim());
  const expression = match?.[2]?.trim() ?? "";
  const timeZone = match?.[1] ?? "UTC";
  if (expression.split(/\s+/).length !== 5)
    throw new Error("it needs exactly five fields: minute hour day month weekday");
  if (/H/.test(expression)) throw new Error("the random field H is not implemented");
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new Error(`the time zone ${timeZone} is not known`);
  }
  const schedule = { source, expression, timeZone };
  iterate(schedule, new Date(0));
  return schedule;
}

/** The first tick after `after`. */
export function nextTick(schedule: CronSchedule, after: Date): Date {
  return iterate(schedule, after).next().toDate();
}

/** The last tick at or before `at`. */
export function latestTick(schedule: CronSchedule, at: Date): Date {
  return iterate(schedule, new Date(at.getTime() + 1))
    .prev()
    .toDate();
}

function iterate(schedule: CronSchedule, currentDate: Date): CronExpression {
  return CronExpressionParser.parse(schedule.expression, { currentDate, tz: schedule.timeZone });
}
