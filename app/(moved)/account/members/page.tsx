import { redirect } from "next/navigation";
import { ownOrganizationHref } from "@/app/own-organization";

export const dynamic = "force-dynamic";

export default async function MovedPage(): Promise<never> {
  redirect(await ownOrganizationHref("/members"));
}
