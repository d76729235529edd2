import { redirect } from "next/navigation";
import { type PageSearch, toSearchParams } from "@/app/first-read";
import { ownOrganizationHref } from "@/app/own-organization";

export const dynamic = "force-dynamic";

/** Addresses without an organisation, as links and letters have them, lead on to the one last worked in. */
export default async function MovedPage(props: { params: Promise<{ rest?: string[] }>; searchParams: PageSearch }) {
  const { rest = [] } = await props.params;
  const search = (await toSearchParams(props.searchParams)).toString();
  redirect((await ownOrganizationHref(["/validators", ...rest].join("/"))) + (search ? `?${search}` : ""));
}
