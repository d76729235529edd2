"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { DangerSheet } from "@/components/forms/danger-sheet";
import { ListPage } from "@/components/layout/list-page";
import { RenameOrganization } from "@/components/organization/rename-organization";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import type { Member } from "@/server/domains/identity/schemas";
import { InvitationList } from "./invitation-list";
import { InviteMember } from "./invite-member";
import { memberColumns } from "./member-columns";
import { MyInvitations } from "./my-invitations";

type MemberListProps = {
  organizationName: string;
  ownUserId: string;
  /** Whether the person may invite, change roles and remove. */
  canManage: boolean;
  /** Whether the person may make and unmake owners. */
  isOwner: boolean;
  initial: { readonly items: readonly Member[]; readonly nextCursor: string | null } | undefined;
};

/** Who works in the organisation, with which role, and who is invited. */
export function MemberList({ organizationName, ownUserId, canManage, isOwner, initial }: MemberListProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const cursor = useSearchParams().get("cursor") ?? undefined;
  const read = useQuery(
    trpc.identity.listMembers.queryOptions(
      { limit: 50, ...(cursor ? { cursor } : {}) },
      initial ? { initialData: initial } : {},
    ),
  );
  const [isInviting, setInviting] = useState(false);
  const [isRenaming, setRenaming] = useState(false);
  const [removing, setRemoving] = useState<Member>();
  const changeRole = useAct((input: { userId: string; role: Member["role"] }) =>
    client.identity.changeMemberRole.mutate(input),
  );
  const remove = useAct(
    (member: Member) => client.identity.removeMember.mutate({ userId: member.userId }),
    () => setRemoving(undefined),
  );
  const columns = memberColumns({
    ownUserId,
    canManage,
    isOwner,
    isBusy: changeRole.isBusy,
    onRole: (userId, role) => void changeRole.run({ userId, role }),
    onRemove: setRemoving,
  });
  return (
    <ListPage
      id="members"
      title="Members"
      facts={`Of the organisation ${organizationName}.`}
      actions={
        canManage ? (
          <>
            <Button onClick={() => setRenaming(true)}>Rename organisation</Button>
            <Button kind="primary" onClick={() => setInviting(true)}>
              <UserPlus />
              Invite member
            </Button>
          </>
        ) : undefined
      }
      subject="The list of members"
      read={read}
      columns={columns}
      rowId={(member) => member.userId}
      empty={<EmptyState title="No member">An organisation has at least its owner.</EmptyState>}
      lead={
        <>
          <MyInvitations />
          {changeRole.error ? (
            <p role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-sm text-danger-text">
              {changeRole.error}
            </p>
          ) : null}
        </>
      }
    >
      {canManage ? <InvitationList /> : null}
      {isRenaming ? <RenameOrganization open name={organizationName} onOpenChange={setRenaming} /> : null}
      <InviteMember open={isInviting} onOpenChange={setInviting} canMakeOwner={isOwner} />
      <DangerSheet
        open={removing !== undefined}
        onOpenChange={() => {
          remove.forget();
          setRemoving(undefined);
        }}
        act={`Remove ${removing?.displayName ?? "member"}`}
        effects={[
          `They lose every role in ${organizationName} at once.`,
          "API tokens of the organisation stay: revoke those that they know.",
        ]}
        duration="At once."
        cost="They can no longer see or steer anything of this organisation."
        wayBack="Invite their wallet again."
        isBusy={remove.isBusy}
        error={remove.error}
        onConfirm={() => {
          if (removing) void remove.run(removing);
        }}
      />
    </ListPage>
  );
}
