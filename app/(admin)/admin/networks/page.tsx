import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { NetworkList } from "@/components/admin/networks/network-list";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Networks" };

export default async function NetworksPage() {
  await requireOperator();
  const initial = await firstRead((await api()).chain.listNetworks({}));
  return <NetworkList initial={initial && [...initial]} />;
}
