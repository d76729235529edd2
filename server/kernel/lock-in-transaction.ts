import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/** Orders all who take the lock of that name, such as `fleet.power:net_1`, until the transaction ends. */
export const lockInTransaction = (tx: Transaction, name: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
