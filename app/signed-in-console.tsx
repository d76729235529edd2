import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PortalFrame } from "@/components/layout/portal-frame";
import { domains } from "@/server/domains/domains";
import { navigationOf } from "@/server/kernel/navigation";
import { api } from "@/server/trpc/server";

/** The console's frame around pages of a signed-in person; each page and procedure asks again for itself. */
export async function SignedInConsole({ children }: { children: ReactNode }) {
  const me = await (await api()).identity.me();
  if (!me?.user || !me.organization) redirect("/sign-in");
  const { id, slug, name, role } = me.organization;
  return (
    <PortalFrame
      account={{ displayName: me.user.displayName, walletAddress: me.walletAddress ?? undefined }}
      organization={{ id, slug, name, role }}
      sections={navigationOf(
        domains.map(({ domain }) => domain),
        { isOperator: me.user.platformRole !== "user", scopes: me.scopes },
      )}
    >
      {children}
    </PortalFrame>
  );
}
