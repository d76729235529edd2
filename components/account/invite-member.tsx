"use client";

import { useState } from "react";
import { useTRPCClient } from "@/components/data/trpc-client";
import { useAct } from "@/components/data/use-act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { INVITATION_TTL_DAYS } from "@/server/domains/identity/constants";
import { ORGANIZATION_ROLES, type OrganizationRole } from "@/server/kernel/roles";
import { ROLE_WORDS } from "./member-columns";

type InviteMemberProps = { open: boolean; onOpenChange: (open: boolean) => void; canMakeOwner: boolean };

/** Invites the owner of a wallet with a role. */
export function InviteMember({ open, onOpenChange, canMakeOwner }: InviteMemberProps) {
  const client = useTRPCClient();
  const [walletAddress, setWalletAddress] = useState("");
  const [role, setRole] = useState<OrganizationRole>("developer");
  const invite = useAct(
    () => client.identity.inviteMember.mutate({ walletAddress: walletAddress.trim(), role }),
    () => {
      setWalletAddress("");
      onOpenChange(false);
    },
  );
  const isReady = walletAddress.trim() !== "";
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        invite.forget();
        onOpenChange(next);
      }}
      title="Invite member"
      description={`The invitation waits for the wallet's owner for ${INVITATION_TTL_DAYS} days; they see it once they sign in.`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Leave it</Button>
          <Button kind="primary" type="submit" form="invite-member" disabled={!isReady} busy={invite.isBusy}>
            Invite member
          </Button>
        </>
      }
    >
      <form
        id="invite-member"
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !invite.isBusy) void invite.run(undefined);
        }}
      >
        <Field label="Wallet address" required error={invite.error} hint="The address that they sign in with.">
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              value={walletAddress}
              placeholder="omni1…"
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setWalletAddress(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role" required>
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={(event) => {
                const chosen = ORGANIZATION_ROLES.find((known) => known === event.target.value);
                if (chosen) setRole(chosen);
              }}
            >
              {ORGANIZATION_ROLES.filter((known) => known !== "owner" || canMakeOwner).map((known) => (
                <option key={known} value={known}>
                  {known}: {ROLE_WORDS[known]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
    </Dialog>
  );
}
