import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { SessionList } from "@/components/account/session-list";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  return <SessionList initial={await firstRead((await api()).identity.listSessions({}))} />;
}
