import type { Executor } from "@/db/client";
import { findMembership, findSlug } from "./repository";

/** Place of the organisation in addresses, `/o/{slug}`; undefined where there is none. */
export const findOrganizationSlug = (db: Executor, organizationId: string): Promise<string | undefined> =>
  findSlug(db, organizationId);

export const isMember = async (db: Executor, organizationId: string, userId: string): Promise<boolean> =>
  (await findMembership(db, organizationId, userId)) !== undefined;
