import { redirect } from "next/navigation";
import { readOrNotFound } from "@/app/first-read";
import { pathSegment } from "@/app/path-segment";
import { organizationHref } from "@/components/layout/organization-href";
import { api } from "@/server/trpc/server";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ operator: string }> };

/** Leads to where stake is given in the reader's own organisation, with this validator chosen; who is not signed in signs in first. */
export default async function DelegatePage({ params }: Props) {
  const operatorAddress = pathSegment((await params).operator);
  const caller = await api();
  const { networkId } = await readOrNotFound(caller.validators.getPublicValidator({ operatorAddress }));
  const network = await readOrNotFound(caller.chain.getNetwork({ networkId }));
  const me = await caller.identity.me();
  const back = `/v/${operatorAddress}/delegate`;
  if (!me?.organization) redirect(`/sign-in?next=${encodeURIComponent(back)}`);
  const search = new URLSearchParams({ network: network.chainId, delegate: operatorAddress });
  redirect(`${organizationHref(me.organization.slug, "/staking")}?${search}`);
}
