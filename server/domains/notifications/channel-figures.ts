import type { Executor } from "@/db/client";
import { countChannelsByStatus, countDeliveriesSince } from "./repository";

const DAY_MS = 24 * 3_600_000;

/** How the messages of all organisations fare, for those who run the platform. */
export async function channelFigures(db: Executor, now: Date) {
  const channels = await countChannelsByStatus(db);
  const { waiting, oldestWaitingAt, dead } = await countDeliveriesSince(db, new Date(now.getTime() - DAY_MS));
  const of = (status: string) => channels.find((one) => one.status === status)?.channels ?? 0;
  return { verified: of("verified"), unverified: of("unverified"), waiting, oldestWaitingAt, deadToday: dead };
}
