import { sql } from "drizzle-orm";
import type { Executor } from "@/db/client";

/** Asks the database for nothing and says how many milliseconds that took; throws when it does not answer. */
export async function pingDatabase(db: Executor): Promise<number> {
  const startedAt = performance.now();
  await db.execute(sql`select 1`);
  return performance.now() - startedAt;
}
