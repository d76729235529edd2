"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { DataProvider, useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { NewOrganization } from "@/components/organization/new-organization";
import type { NavigationSection } from "@/server/kernel/navigation";
import type { Account } from "./account-menu";
import { AppShell } from "./app-shell";
import { ConsolePlaceProvider } from "./console-place";
import { LiveNetworkStatus } from "./live-network-status";
import { organizationHref } from "./organization-href";
import { OrganizationSwitcher, type OwnOrganization } from "./organization-switcher";
import type { Finder } from "./palette/use-found";

type PortalFrameProps = {
  account: Account;
  /** The organisation that the address names, or the one last worked in on pages of the person or the platform. */
  organization: OwnOrganization;
  /** The pages that the person may see. */
  sections: readonly NavigationSection[];
  /** Who is asked for what the palette looks for. */
  finders: readonly Finder[];
  children: ReactNode;
};

/** The frame of the console with its data: who is signed in, the organisation in view, the network. */
export function PortalFrame(props: PortalFrameProps) {
  const { slug } = props.organization;
  return (
    <DataProvider key={slug} organizationSlug={slug}>
      <ConsolePlaceProvider slug={slug}>
        <Frame {...props} />
      </ConsolePlaceProvider>
    </DataProvider>
  );
}

function Frame({ account, organization, sections, finders, children }: PortalFrameProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const [isMakingNew, setMakingNew] = useState(false);
  const organizations = useQuery(trpc.identity.listOrganizations.queryOptions({}));
  return (
    <>
      <AppShell
        account={account}
        slug={organization.slug}
        sections={sections}
        finders={finders}
        organizationSwitcher={
          <OrganizationSwitcher
            current={organization}
            organizations={organizations.data?.items ?? [organization]}
            // The address alone decides what is shown; this only remembers where the next visit begins.
            onChoose={({ id }) =>
              void client.identity.switchOrganization.mutate({ organizationId: id }).catch(() => {})
            }
            onMakeNew={() => setMakingNew(true)}
          />
        }
        networkStatus={<LiveNetworkStatus />}
        onOpenTour={() => {
          void client.identity.setTour.mutate({ isOpen: true }).then(() => {
            router.push(organizationHref(organization.slug));
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
      <NewOrganization open={isMakingNew} onOpenChange={setMakingNew} />
    </>
  );
}
