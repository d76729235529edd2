"use client";

import { Building2, Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
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
    >
      <MenuLabel>Organisation</MenuLabel>
      {organizations.map((organization) => (
        <MenuItem key={organization.id} asChild>
          <Link
            href={organizationHref(organization.slug)}
            aria-current={organization.id === current.id ? "true" : undefined}
            onClick={() => onChoose(organization)}
          >
            <Check className={organization.id === current.id ? "text-accent!" : "invisible"} aria-hidden="true" />
            <span className="min-w-0 flex-1 truncate">{organization.name}</span>
            <span className="text-xs text-ink-muted">{organization.role}</span>
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={onMakeNew}>
        <Plus />
        New organisation
      </MenuItem>
    </Menu>
  );
}
