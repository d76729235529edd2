import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { firstRead } from "@/app/first-read";
import { GLANCE_ROWS } from "@/components/home/glance";
import { HomePage } from "@/components/home/home-page";
import type { AttentionDomain } from "@/components/home/use-attention";
import { domains } from "@/server/domains/domains";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Home" };

export default async function OrganizationHomePage() {
  const caller = await api();
  const me = await caller.identity.me();
  if (!me?.user || !me.organization) redirect("/sign-in");
  const parts = domains.flatMap(({ domain: { name, attention } }) =>
    attention === undefined ? [] : [{ domain: name as AttentionDomain, label: attention }],
  );
  const [validators, firstAttention] = await Promise.all([
    firstRead(caller.validators.listSetupRequests({ limit: GLANCE_ROWS })),
    Promise.all(
      parts.map(async (part) => ({ ...part, initial: await firstRead(caller[part.domain].listAttention({})) })),
    ),
  ]);
  return (
    <HomePage
      organizationName={me.organization.name}
      isTourOpen={me.user.isTourOpen}
      firstAttention={firstAttention}
      firstValidators={validators}
    />
  );
}
