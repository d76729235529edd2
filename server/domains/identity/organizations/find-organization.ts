import type { Executor } from "@/db/client";
import { findMembership, findSlug, listNamesOf } from "./repository";

/** Place of the organisation in addresses, `/o/{slug}`; undefined where there is none. */
export const findOrganizationSlug = (db: Executor, organizationId: string): Promise<string | undefined> =>
  findSlug(db, organizationId);

export const isMember = async (db: Executor, organizationId: string, userId: string): Promise<boolean> =>
  (await findMembership(db, organizationId, userId)) !== undefined;

/** The names of these organisations, by id. */
export const organizationNames = async (db: Executor, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await listNamesOf(db, [...new Set(ids)])).map(({ id, name }) => [id, name]));
