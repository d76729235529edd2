"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import type { DataColumn } from "@/components/data-table/data-column";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import type { Session } from "@/server/domains/identity/schemas";
import { clientName } from "./client-name";

const columnsWith = (onRevoke: (session: Session) => void): readonly DataColumn<Session>[] => [
  {
    id: "client",
    header: "Signed in with",
    isName: true,
    cell: (session) => (
      <span title={session.userAgent ?? ""}>
        {clientName(session)}
        {session.isCurrent ? <span className="ml-2 font-normal text-ink-muted">this one</span> : null}
      </span>
    ),
    text: (session) => session.userAgent ?? "",
  },
  {
    id: "wallet",
    header: "Wallet",
    cell: (session) => <AddressText value={session.walletAddress} kind="wallet address" plain />,
    text: (session) => session.walletAddress,
  },
  {
    id: "ip",
    header: "From",
    cell: (session) => session.ipAddress ?? <span className="text-ink-muted">not recorded</span>,
    text: (session) => session.ipAddress ?? "",
  },
  {
    id: "lastSeenAt",
    header: "Last seen",
    align: "right",
    cell: (session) => <AgeText at={session.lastSeenAt} />,
    text: (session) => session.lastSeenAt,
  },
  {
    id: "expiresAt",
    header: "Ends",
    align: "right",
    cell: (session) => <AgeText at={session.expiresAt} />,
    text: (session) => session.expiresAt,
  },
  {
    id: "acts",
    header: "Acts",
    align: "right",
    cell: (session) =>
      session.isCurrent ? (
        <span className="text-ink-muted">sign out above</span>
      ) : (
        <Button size="small" kind="dangerQuiet" onClick={() => onRevoke(session)}>
          End session
        </Button>
      ),
  },
];

/** Where the person is signed in, each to be ended from here. */
export function SessionList({ initial }: { initial: { readonly items: Session[] } | undefined }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(trpc.identity.listSessions.queryOptions({}, initial ? { initialData: initial } : {}));
  const [ending, setEnding] = useState<Session | "others">();
  const columns = useMemo(() => columnsWith(setEnding), []);
  const end = useAct(
    async (what: Session | "others") => {
      if (what === "others") await client.identity.revokeOtherSessions.mutate({});
      else await client.identity.revokeSession.mutate({ sessionId: what.id });
    },
    () => setEnding(undefined),
  );
  const others = read.data?.items.filter((session) => !session.isCurrent).length ?? 0;
  const isAll = ending === "others";
  return (
    <ListPage
      id="sessions"
      title="Sessions"
      facts="Everywhere that your wallets are signed in."
      actions={
        others > 0 ? (
          <Button kind="dangerQuiet" onClick={() => setEnding("others")}>
            End all other sessions
          </Button>
        ) : undefined
      }
      subject="The list of sessions"
      read={read}
      columns={columns}
      rowId={(session) => session.id}
      empty={<EmptyState title="No session">You see this page, so there is one; ask again.</EmptyState>}
    >
      <DangerSheet
        open={ending !== undefined}
        onOpenChange={() => {
          end.forget();
          setEnding(undefined);
        }}
        act={isAll ? `End ${others} other ${others === 1 ? "session" : "sessions"}` : "End this session"}
        effects={["Its next request is refused, and its refresh token no longer works.", "This session stays."]}
        duration="At once."
        cost="Whoever or whatever uses it has to sign in again with the wallet."
        wayBack="Sign in again there."
        isBusy={end.isBusy}
        error={end.error}
        onConfirm={() => {
          if (ending) void end.run(ending);
        }}
      />
    </ListPage>
  );
}
