"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";

/** Invitations that nobody has answered yet, to be taken back. */
export function InvitationList() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(trpc.identity.listInvitations.queryOptions({}));
  const revoke = useAct((invitationId: string) => client.identity.revokeInvitation.mutate({ invitationId }));
  return (
    <Panel title="Open invitations" flush>
      {revoke.error ? (
        <p role="alert" className="border-b bg-danger-wash px-4 py-2 text-sm text-danger-text">
          {revoke.error}
        </p>
      ) : null}
      {read.data ? (
        read.data.items.length === 0 ? (
          <p className="p-4 text-sm text-ink-muted">Nobody is invited now.</p>
        ) : (
          <ul className="divide-y">
            {read.data.items.map((invitation) => (
              <li
                key={invitation.id}
                className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 text-sm"
              >
                <AddressText value={invitation.walletAddress} kind="wallet address" />
                <span>as {invitation.role}</span>
                <span className="text-ink-muted">
                  ends <AgeText at={invitation.expiresAt} />
                </span>
                <Button
                  size="small"
                  kind="dangerQuiet"
                  className="ml-auto"
                  busy={revoke.isBusy}
                  onClick={() => void revoke.run(invitation.id)}
                >
                  Take back<span className="sr-only"> the invitation of {invitation.walletAddress}</span>
                </Button>
              </li>
            ))}
          </ul>
        )
      ) : read.error ? (
        <UpstreamDown
          fills
          upstream="The list of invitations"
          sentence={shownError(read.error).message}
          code={shownError(read.error).code}
          onRetry={() => void read.refetch()}
        />
      ) : (
        <div className="p-4">
          <Skeleton className="h-5 w-80 max-w-full" />
        </div>
      )}
    </Panel>
  );
}
