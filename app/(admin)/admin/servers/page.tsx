import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { serverListInput } from "@/components/admin/list-inputs";
import { ServerList } from "@/components/admin/servers/server-list";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Servers" };

export default async function ServersPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = serverListInput(await toSearchParams(searchParams));
  return <ServerList initial={await firstRead((await api()).regions.listServers(input))} />;
}
