import { type ComponentDay, STATUS_DAYS } from "@/server/kernel/component-days";
import type { InstallationStatus, StatusDay } from "./schemas";

/** A look comes each minute; two that failed to come, and a late one. */
export const LOOK_STALE_SECONDS = 200;

const DAY_MS = 86_400_000;

/** The kept days of every part as the page shows them: each with all its days, those without a look among them. */
export function statusOf(rows: readonly ComponentDay[], now: Date): InstallationStatus {
  const days = Array.from({ length: STATUS_DAYS }, (_, index) =>
    new Date(now.getTime() - (STATUS_DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const names = [...new Set(rows.map(({ component }) => component))];
  const components = names.flatMap((name) => {
    const own = rows.filter(({ component }) => component === name);
    const last = own.toSorted((one, other) => one.lastAt.getTime() - other.lastAt.getTime()).at(-1);
    return last === undefined ? [] : [{ name, ...nowOf(last, now), days: days.map((day) => dayOf(own, day)) }];
  });
  const lookedAt =
    components
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? null;
  return { components, lookedAt };
}

function nowOf({ lastStatus, lastReason, lastAt }: ComponentDay, now: Date) {
  const at = lastAt.toISOString();
  if (now.getTime() - lastAt.getTime() <= LOOK_STALE_SECONDS * 1_000) {
    return { status: lastStatus, reason: lastReason, at };
  }
  return { status: "unknown" as const, reason: `Nobody has looked since. It was ${lastStatus} then.`, at };
}

function dayOf(rows: readonly ComponentDay[], day: string): StatusDay {
  const row = rows.find((each) => each.day === day);
  if (row === undefined) return { day, looks: null };
  const { okLooks: ok, degradedLooks: degraded, downLooks: down, unknownLooks: unknown } = row;
  return { day, looks: { ok, degraded, down, unknown } };
}
