"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

/** Invitations of other organisations to a wallet of this person; nothing where there are none. */
export function MyInvitations() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const read = useQuery(trpc.identity.listMyInvitations.queryOptions({}));
  const answer = useAct(
    async ({ invitationId, isYes }: { invitationId: string; isYes: boolean }) => {
      if (isYes) await client.identity.acceptInvitation.mutate({ invitationId });
      else await client.identity.declineInvitation.mutate({ invitationId });
    },
    () => router.refresh(),
  );
  if (!read.data || read.data.items.length === 0) return null;
  return (
    <Panel title="You are invited" flush>
      {answer.error ? (
        <p role="alert" className="border-b bg-danger-wash px-4 py-2 text-sm text-danger-text">
          {answer.error}
        </p>
      ) : null}
      <ul className="divide-y">
        {read.data.items.map((invitation) => (
          <li key={invitation.id} className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm">
            <span className="min-w-0">
              <strong className="font-semibold">{invitation.organizationName}</strong> as {invitation.role}
              <span className="ml-2 text-ink-muted">
                ends <AgeText at={invitation.expiresAt} />
              </span>
            </span>
            <span className="ml-auto flex gap-2">
              <Button
                size="small"
                busy={answer.isBusy}
                onClick={() => void answer.run({ invitationId: invitation.id, isYes: false })}
              >
                Decline<span className="sr-only"> {invitation.organizationName}</span>
              </Button>
              <Button
                size="small"
                kind="primary"
                busy={answer.isBusy}
                onClick={() => void answer.run({ invitationId: invitation.id, isYes: true })}
              >
                Join {invitation.organizationName}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
