import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { SignedInConsole } from "@/app/signed-in-console";
import { api } from "@/server/trpc/server";

export const dynamic = "force-dynamic";

/** Pages of the organisation that the address names; for whoever does not work in it they are not there. */
export default async function OrganizationLayout(props: {
  params: Promise<{ organization: string }>;
  children: ReactNode;
}) {
  const { organization } = await props.params;
  const me = await (await api()).identity.me();
  if (!me?.user) redirect(`/sign-in?next=/o/${encodeURIComponent(organization)}`);
  if (me.organization?.slug !== organization) notFound();
  return <SignedInConsole>{props.children}</SignedInConsole>;
}
