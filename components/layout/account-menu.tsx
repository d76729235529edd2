"use client";

import { Building2, ChevronsUpDown, LogIn, LogOut } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";
import { shortenMiddle } from "@/lib/format/shorten-middle";

/** Who is signed in, and the organisations they belong to. */
export type Account = {
  displayName: string;
  walletAddress?: string | undefined;
  currentOrganizationId: string;
  organizations: readonly { id: string; name: string; role: string }[];
};

type AccountMenuProps = {
  /** Nobody is signed in when this is null. */
  account: Account | null;
  signInHref: string;
  onSwitchOrganization: (organizationId: string) => void;
  onSignOut: () => void;
};

/** The organisation in use, a switch between organisations, and the way in or out. */
export function AccountMenu({ account, signInHref, onSwitchOrganization, onSignOut }: AccountMenuProps) {
  if (!account) {
    return (
      <Button asChild kind="primary" size="small">
        <Link href={signInHref}>
          <LogIn />
          Connect wallet
        </Link>
      </Button>
    );
  }
  const current = account.organizations.find(({ id }) => id === account.currentOrganizationId);
  return (
    <Menu
      trigger={
        <Button kind="quiet" className="max-w-48 px-2" aria-label={`Account, ${current?.name ?? account.displayName}`}>
          <Building2 />
          <span className="hidden truncate sm:inline">{current?.name ?? account.displayName}</span>
          <ChevronsUpDown />
        </Button>
      }
    >
      <div className="px-2 pt-1.5 pb-1">
        <div className="max-w-60 truncate font-medium">{account.displayName}</div>
        {account.walletAddress ? (
          <div className="font-mono text-xs text-ink-muted">{shortenMiddle(account.walletAddress)}</div>
        ) : null}
      </div>
      <MenuSeparator />
      <MenuLabel>Organisation</MenuLabel>
      <MenuRadioGroup
        value={account.currentOrganizationId}
        onValueChange={onSwitchOrganization}
        options={account.organizations.map(({ id, name, role }) => ({ value: id, label: `${name}, ${role}` }))}
      />
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>
        <LogOut />
        Sign out
      </MenuItem>
    </Menu>
  );
}
