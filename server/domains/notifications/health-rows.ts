import "server-only";
import type { HealthRow } from "@/server/kernel/health";
import { oldestDueAt } from "./repository";

/** A message leaves within seconds of its time; this late means that nobody sends. */
const LATE_SECONDS = 180;

/** Whether messages leave when they should. What a receiver answers is its owner's matter. */
const channels: HealthRow = {
  names: ["channels"],
  run: async ({ db, now }) => {
    const dueAt = await oldestDueAt(db, now());
    const lateSeconds = dueAt === null ? 0 : Math.round((now().getTime() - dueAt.getTime()) / 1_000);
    const isLate = lateSeconds > LATE_SECONDS;
    return [
      {
        name: "channels",
        status: isLate ? "degraded" : "ok",
        reason: isLate ? `A message should have left ${lateSeconds} s ago.` : null,
        ageSeconds: 0,
      },
    ];
  },
};

/** What `/api/health` says of this domain. */
export const health = [channels] as const;
