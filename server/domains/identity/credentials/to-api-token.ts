import type { Scope } from "@/server/kernel/scopes";
import type { ApiToken } from "../schemas";
import type { ApiTokenRow } from "./repository";

/** A token as its organisation sees it: never the token itself, nor its hash. */
export const toApiToken = (row: ApiTokenRow): ApiToken => ({
  id: row.id,
  name: row.name,
  displayPrefix: row.displayPrefix,
  scopes: row.scopes as Scope[],
  createdByUserId: row.createdByUserId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});
