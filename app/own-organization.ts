import "server-only";
import { redirect } from "next/navigation";
import { organizationHref } from "@/components/layout/organization-href";
import { api } from "@/server/trpc/server";

/** Address of a page in the organisation that the person last worked in. */
export async function ownOrganizationHref(path: string): Promise<string> {
  const me = await (await api()).identity.me();
  if (!me?.organization) redirect(`/sign-in?next=${encodeURIComponent(path === "/" ? "/o" : path)}`);
  return organizationHref(me.organization.slug, path);
}
