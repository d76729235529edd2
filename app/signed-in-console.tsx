import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import type { FindDomain, Finder } from "@/components/layout/palette/use-found";
import { PortalFrame } from "@/components/layout/portal-frame";
import { domains } from "@/server/domains/domains";
import { navigationOf } from "@/server/kernel/navigation";
import { api } from "@/server/trpc/server";

/** The domains that the palette asks, each for the organisation in view and, for operators, for the whole platform. */
const findersOf = (isOperator: boolean): Finder[] =>
  domains.flatMap(({ domain: { name, finds = [] } }): Finder[] => [
    ...(finds.includes("organization") ? [{ domain: name as FindDomain }] : []),
    ...(finds.includes("platform") && isOperator
      ? [finds.includes("organization") ? { operatorsOf: name as "validators" } : { domain: name as FindDomain }]
      : []),
  ]);

/** The console's frame around pages of a signed-in person; each page and procedure asks again for itself. */
export async function SignedInConsole({ children }: { children: ReactNode }) {
  const me = await (await api()).identity.me();
  if (!me?.user || !me.organization) redirect("/sign-in");
  const { id, slug, name, role } = me.organization;
  const isOperator = me.user.platformRole !== "user";
  return (
    <PortalFrame
      account={{ displayName: me.user.displayName, walletAddress: me.walletAddress ?? undefined }}
      organization={{ id, slug, name, role }}
      sections={navigationOf(
        domains.map(({ domain }) => domain),
        { isOperator, scopes: me.scopes },
      )}
      finders={findersOf(isOperator)}
    >
      {children}
    </PortalFrame>
  );
}
