"use client";

import { CircleUserRound, Compass, LogOut, MonitorSmartphone, Wallet } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
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
      entries={[
        {
          kind: "words",
          content: (
            <>
              <div className="max-w-60 truncate font-medium">{account.displayName}</div>
              {account.walletAddress ? (
                <div className="font-mono text-xs text-ink-muted">{shortenMiddle(account.walletAddress)}</div>
              ) : null}
            </>
          ),
        },
        { kind: "line" },
        { kind: "link", href: "/account/wallets", content: <Named icon={<Wallet />} name="Wallets" /> },
        { kind: "link", href: "/account/sessions", content: <Named icon={<MonitorSmartphone />} name="Sessions" /> },
        { kind: "act", onSelect: onOpenTour, content: <Named icon={<Compass />} name="Show the tour" /> },
        { kind: "line" },
        { kind: "act", onSelect: onSignOut, content: <Named icon={<LogOut />} name="Sign out" /> },
      ]}
    />
  );
}

function Named({ icon, name }: { icon: ReactNode; name: string }) {
  return (
    <>
      {icon}
      {name}
    </>
  );
}
