"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { AgeText } from "@/components/figures/age-text";
import { NameText } from "@/components/figures/name-text";
import { organizationHref } from "@/components/layout/organization-href";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

/** Invitations of other organisations to a wallet of this person; nothing where there are none. */
export function MyInvitations() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const [joined, setJoined] = useState<{ organizationId: string; name: string; role: string }>();
  const organizations = useQuery(trpc.identity.listOrganizations.queryOptions({}));
  const joinedSlug = organizations.data?.items.find(({ id }) => id === joined?.organizationId)?.slug;
  const read = useQuery(trpc.identity.listMyInvitations.queryOptions({}));
  const answer = useAct(
    async ({ invitationId, name, isYes }: { invitationId: string; name: string; isYes: boolean }) => {
      if (isYes) {
        const { organizationId, role } = await client.identity.acceptInvitation.mutate({ invitationId });
        setJoined({ organizationId, name, role });
      } else await client.identity.declineInvitation.mutate({ invitationId });
    },
    () => {
      void organizations.refetch();
      void read.refetch();
      router.refresh();
    },
  );
  const confirmation = joined ? (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border bg-panel px-4 py-2.5 text-sm"
    >
      <span className="min-w-0">
        You joined <strong className="font-semibold">{joined.name}</strong> as {joined.role}. You are still in the
        organisation that you were in.
      </span>
      {joinedSlug ? (
        <Button asChild kind="primary" size="small" className="ml-auto">
          <Link
            href={organizationHref(joinedSlug)}
            onClick={() =>
              void client.identity.switchOrganization.mutate({ organizationId: joined.organizationId }).catch(() => {})
            }
          >
            Switch to {joined.name}
          </Link>
        </Button>
      ) : null}
    </div>
  ) : null;
  if (!read.data || read.data.items.length === 0) return confirmation;
  return (
    <>
      {confirmation}
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
                <strong className="font-semibold">
                  <NameText name={invitation.organizationName} />
                </strong>{" "}
                as {invitation.role}
                <span className="ml-2 text-ink-muted">
                  ends <AgeText at={invitation.expiresAt} />
                </span>
              </span>
              <span className="ml-auto flex gap-2">
                <Button
                  size="small"
                  busy={answer.isBusy}
                  onClick={() =>
                    void answer.run({ invitationId: invitation.id, name: invitation.organizationName, isYes: false })
                  }
                >
                  Decline<span className="sr-only"> {invitation.organizationName}</span>
                </Button>
                <Button
                  size="small"
                  kind="primary"
                  busy={answer.isBusy}
                  onClick={() =>
                    void answer.run({ invitationId: invitation.id, name: invitation.organizationName, isYes: true })
                  }
                >
                  Join {invitation.organizationName}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
