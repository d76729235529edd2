import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { MemberList } from "@/components/account/member-list";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ searchParams }: { searchParams: PageSearch }) {
  const caller = await api();
  const me = await caller.identity.me();
  if (!me?.user || !me.organization) redirect("/sign-in");
  const cursor = (await toSearchParams(searchParams)).get("cursor");
  const initial = await firstRead(caller.identity.listMembers({ limit: 50, ...(cursor ? { cursor } : {}) }));
  return (
    <MemberList
      organizationName={me.organization.name}
      ownUserId={me.user.id}
      canManage={me.scopes.includes("identity:admin")}
      isOwner={me.organization.role === "owner"}
      initial={initial}
    />
  );
}
