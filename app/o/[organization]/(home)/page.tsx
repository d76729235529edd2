import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { firstRead } from "@/app/first-read";
import { GLANCE_ROWS } from "@/components/home/glance";
import { HomePage } from "@/components/home/home-page";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Home" };

export default async function OrganizationHomePage() {
  const caller = await api();
  const me = await caller.identity.me();
  if (!me?.user || !me.organization) redirect("/sign-in");
  const [validators, ofValidators, ofIdentity] = await Promise.all([
    firstRead(caller.validators.list({ limit: GLANCE_ROWS })),
    firstRead(caller.validators.attention({})),
    firstRead(caller.identity.attention({})),
  ]);
  return (
    <HomePage
      organizationName={me.organization.name}
      isTourOpen={me.user.isTourOpen}
      firstAttention={{ validators: ofValidators, identity: ofIdentity }}
      firstValidators={validators}
    />
  );
}
