import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { requireUser } from "../people/require-user";
import { NoInput, Organization } from "../schemas";
import { listOrganizationsOf } from "./repository";

/** The caller's organisations with their role in each, the personal one first. */
export const listOrganizations = defineQuery({
  verb: "identity.list-organizations",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  output: z.strictObject({ items: z.array(Organization) }),
  run: async (ctx): Promise<{ items: Organization[] }> => ({
    items: await listOrganizationsOf(ctx.db, requireUser(ctx.actor).userId),
  }),
});
