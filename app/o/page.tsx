import { redirect } from "next/navigation";
import { ownOrganizationHref } from "@/app/own-organization";

export const dynamic = "force-dynamic";

/** Where signing in leads: the home of the organisation last worked in. */
export default async function OwnOrganizationPage(): Promise<never> {
  redirect(await ownOrganizationHref("/"));
}
