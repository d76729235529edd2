import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { ServerDetail } from "@/components/admin/servers/server-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Server" };

export default async function ServerPage({ params }: { params: Promise<{ serverId: string }> }) {
  await requireOperator();
  const { serverId } = await params;
  return <ServerDetail serverId={serverId} initial={await firstRead((await api()).regions.getServer({ serverId }))} />;
}
