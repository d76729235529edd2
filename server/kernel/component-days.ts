import "server-only";
import { asc, gte, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { componentDays } from "@/db/schema/system";
import type { ComponentHealth, ComponentStatus } from "./health";

/** How long days are kept, today among them. */
export const STATUS_DAYS = 90;

export type ComponentDay = typeof componentDays.$inferSelect;

const COUNTERS = {
  ok: "okLooks",
  degraded: "degradedLooks",
  down: "downLooks",
  unknown: "unknownLooks",
} as const satisfies Record<ComponentStatus, keyof ComponentDay>;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const firstDay = (now: Date): string => dayOf(new Date(now.getTime() - (STATUS_DAYS - 1) * 86_400_000));

/** Adds what one look found of every part to the parts' day. */
export async function recordLooks(db: Executor, components: readonly ComponentHealth[], now: Date): Promise<void> {
  for (const { name, status, reason } of components) {
    const counter = COUNTERS[status];
    const last = { lastStatus: status, lastReason: reason, lastAt: now };
    await db
      .insert(componentDays)
      .values({ component: name, day: dayOf(now), [counter]: 1, ...last })
      .onConflictDoUpdate({
        target: [componentDays.component, componentDays.day],
        set: { [counter]: sql`${componentDays[counter]} + 1`, ...last },
      });
  }
}

/** The kept days of every part, by name and then oldest first. */
export const listComponentDays = (db: Executor, now: Date): Promise<ComponentDay[]> =>
  db
    .select()
    .from(componentDays)
    .where(gte(componentDays.day, firstDay(now)))
    .orderBy(asc(componentDays.component), asc(componentDays.day));

/** Forgets days that are not shown any more; returns how many. */
export async function pruneComponentDays(db: Executor, now: Date): Promise<number> {
  const rows = await db.execute(sql`delete from component_days where day < ${firstDay(now)}::date returning day`);
  return rows.length;
}
