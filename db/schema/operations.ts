import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** The one row says where the installation of this database runs: two that act on copies of the same rows would sign twice. */
export const installationClaims = pgTable(
  "installation_claims",
  {
    only: integer().primaryKey().default(1),
    /** SHA-256 of the machine's own id; null where the machine tells none. */
    machineHash: text(),
    /** SHA-256 of the data directory's path. */
    dataDirHash: text().notNull(),
    claimedAt: instant().notNull(),
  },
  (table) => [check("installation_claims_only_ck", sql`${table.only} = 1`)],
);
