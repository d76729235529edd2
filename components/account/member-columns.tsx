import type { DataColumn } from "@/components/data-table/data-column";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { Member } from "@/server/domains/identity/schemas";
import { ORGANIZATION_ROLES } from "@/server/kernel/roles";

type MemberActs = {
  ownUserId: string;
  canManage: boolean;
  isOwner: boolean;
  isBusy: boolean;
  onRole: (userId: string, role: Member["role"]) => void;
  onRemove: (member: Member) => void;
};

/** What each role may do, for its tip and its choice. */
export const ROLE_WORDS: Record<Member["role"], string> = {
  owner: "everything, owners too",
  admin: "everything but owners",
  developer: "set up and steer validators",
  viewer: "look",
};

/** Columns of the members; roles are chosen in place by those who may. */
export function memberColumns(acts: MemberActs): readonly DataColumn<Member>[] {
  const mayChange = (member: Member) =>
    acts.canManage && member.userId !== acts.ownUserId && (member.role !== "owner" || acts.isOwner);
  return [
    {
      id: "name",
      header: "Name",
      isName: true,
      cell: (member) => (
        <span className="block max-w-64 truncate">
          {member.displayName}
          {member.userId === acts.ownUserId ? <span className="ml-2 font-normal text-ink-muted">you</span> : null}
        </span>
      ),
      text: (member) => member.displayName,
    },
    {
      id: "wallets",
      header: "Wallets",
      cell: (member) => (
        <span className="grid gap-0.5">
          {member.walletAddresses.map((address) => (
            <AddressText key={address} value={address} kind="wallet address" />
          ))}
        </span>
      ),
      text: (member) => member.walletAddresses.join(" "),
    },
    {
      id: "role",
      header: "Role",
      width: "w-72",
      cell: (member) =>
        mayChange(member) ? (
          <Select
            aria-label={`Role of ${member.displayName}`}
            className="max-w-64"
            value={member.role}
            disabled={acts.isBusy}
            onChange={(event) => {
              const role = ORGANIZATION_ROLES.find((known) => known === event.target.value);
              if (role) acts.onRole(member.userId, role);
            }}
          >
            {ORGANIZATION_ROLES.filter((role) => role !== "owner" || acts.isOwner).map((role) => (
              <option key={role} value={role}>
                {role}: {ROLE_WORDS[role]}
              </option>
            ))}
          </Select>
        ) : (
          <span>
            {member.role} <span className="text-ink-muted">{ROLE_WORDS[member.role]}</span>
          </span>
        ),
      text: (member) => member.role,
    },
    {
      id: "joinedAt",
      header: "Joined",
      align: "right",
      cell: (member) => <AgeText at={member.joinedAt} />,
      text: (member) => member.joinedAt,
    },
    {
      id: "acts",
      header: "Acts",
      align: "right",
      cell: (member) =>
        mayChange(member) ? (
          <Button size="small" kind="dangerQuiet" onClick={() => acts.onRemove(member)}>
            Remove<span className="sr-only"> {member.displayName}</span>
          </Button>
        ) : (
          <span className="text-ink-muted">none</span>
        ),
    },
  ];
}
