"use client";

import { Building2, Check, ChevronsUpDown, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { MenuEntry } from "@/components/ui/menu-entry";
import { organizationHref } from "./organization-href";

/** An organisation of the person who looks. */
export type OwnOrganization = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: string;
};

type OrganizationSwitcherProps = {
  current: OwnOrganization;
  organizations: readonly OwnOrganization[];
  /** Told which one was chosen, so that the next visit begins there. */
  onChoose: (organization: OwnOrganization) => void;
  onMakeNew: () => void;
};

/** Which organisation the page belongs to, and the way to the others: each is an address, so another tab can be another one. */
export function OrganizationSwitcher({ current, organizations, onChoose, onMakeNew }: OrganizationSwitcherProps) {
  return (
    <Menu
      align="start"
      trigger={
        <Button kind="quiet" className="max-w-34 min-w-0 px-2 sm:max-w-56" aria-label={`Organisation, ${current.name}`}>
          <Building2 />
          <span className="truncate">{current.name}</span>
          <ChevronsUpDown />
        </Button>
      }
      entries={[
        { kind: "heading", text: "Organisation" },
        ...organizations.map((organization): MenuEntry => {
          const isCurrent = organization.id === current.id;
          return {
            kind: "link",
            href: organizationHref(organization.slug),
            isCurrent,
            onSelect: () => onChoose(organization),
            content: (
              <>
                <Check className={isCurrent ? "text-accent!" : "invisible"} aria-hidden="true" />
                <span className="min-w-0 flex-1 truncate">{organization.name}</span>
                <span className="text-xs text-ink-muted">{organization.role}</span>
              </>
            ),
          };
        }),
        { kind: "line" },
        {
          kind: "act",
          onSelect: onMakeNew,
          content: (
            <>
              <Plus />
              New organisation
            </>
          ),
        },
      ]}
    />
  );
}
