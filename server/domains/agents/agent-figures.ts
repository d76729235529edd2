import type { Executor } from "@/db/client";
import { countAgents } from "./repository";

/** How many machines of all organisations are heard of, and when one was last. */
export async function agentFigures(db: Executor) {
  const counted = await countAgents(db);
  const of = (status: string) => counted.find((one) => one.status === status)?.agents ?? 0;
  const seen = counted
    .flatMap(({ lastSeenAt }) => lastSeenAt ?? [])
    .sort((one, other) => other.getTime() - one.getTime());
  return { online: of("online"), offline: of("offline"), lastSeenAt: seen[0] ?? null };
}
