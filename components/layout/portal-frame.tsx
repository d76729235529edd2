"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { DataProvider, useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import type { Account } from "./account-menu";
import { AppShell } from "./app-shell";
import { LiveNetworkStatus } from "./live-network-status";

type PortalFrameProps = { account: Account | null; isOperator: boolean; children: ReactNode };

/** The frame of the console with its data: who is signed in, the network, and the acts of the account menu. */
export function PortalFrame(props: PortalFrameProps) {
  return (
    <DataProvider>
      <Frame {...props} />
    </DataProvider>
  );
}

function Frame({ account, isOperator, children }: PortalFrameProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const pathname = usePathname();
  const organizations = useQuery(trpc.identity.organizations.queryOptions({}, { enabled: account !== null }));
  const listed = organizations.data?.items.map(({ id, name, role }) => ({ id, name, role }));
  return (
    <AppShell
      account={account && listed ? { ...account, organizations: listed } : account}
      isOperator={isOperator}
      networkStatus={<LiveNetworkStatus />}
      signInHref={`/sign-in?next=${encodeURIComponent(pathname)}`}
      onSwitchOrganization={(organizationId) => {
        void client.identity.switchOrganization.mutate({ organizationId }).then(() => {
          router.push("/validators");
          router.refresh();
        });
      }}
      onSignOut={() => {
        void client.identity.signOut.mutate({}).finally(() => {
          window.location.assign("/");
        });
      }}
    >
      {children}
    </AppShell>
  );
}
