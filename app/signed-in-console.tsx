import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PortalFrame } from "@/components/layout/portal-frame";
import { api } from "@/server/trpc/server";

/** The console's frame around pages of a signed-in person; each page and procedure asks again for itself. */
export async function SignedInConsole({ children }: { children: ReactNode }) {
  const me = await (await api()).identity.me();
  if (!me?.user || !me.organization) redirect("/sign-in");
  return (
    <PortalFrame
      account={{
        displayName: me.user.displayName,
        walletAddress: me.walletAddress ?? undefined,
        currentOrganizationId: me.organization.id,
        organizations: [{ id: me.organization.id, name: me.organization.name, role: me.organization.role }],
      }}
      isOperator={me.user.platformRole !== "user"}
    >
      {children}
    </PortalFrame>
  );
}
