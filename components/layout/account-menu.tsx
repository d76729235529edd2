"use client";

import { CircleUserRound, Compass, LogOut, MonitorSmartphone, Wallet } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { shortenMiddle } from "@/lib/format/shorten-middle";

/** Who is signed in. */
export type Account = { readonly displayName: string; readonly walletAddress?: string | undefined };

type AccountMenuProps = { account: Account; onOpenTour: () => void; onSignOut: () => void };

/** The person's own pages, the tour, and the way out. */
export function AccountMenu({ account, onOpenTour, onSignOut }: AccountMenuProps) {
  return (
    <Menu
      trigger={
        <Button kind="quiet" size="icon" aria-label={`Account, ${account.displayName}`}>
          <CircleUserRound />
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
      <MenuItem asChild>
        <Link href="/account/wallets">
          <Wallet />
          Wallets
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link href="/account/sessions">
          <MonitorSmartphone />
          Sessions
        </Link>
      </MenuItem>
      <MenuItem onSelect={onOpenTour}>
        <Compass />
        Show the tour
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>
        <LogOut />
        Sign out
      </MenuItem>
    </Menu>
  );
}
