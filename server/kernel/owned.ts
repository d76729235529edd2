import { eq, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** Whose rows: one organisation's; `null` for the platform's own acts, which reach every organisation's. */
export type OrganizationFilter = string | null;

/** The first filter of every look for an id that came from outside. */
export const owned = (column: PgColumn, organizationId: OrganizationFilter): SQL | undefined =>
  organizationId === null ? undefined : eq(column, organizationId);
