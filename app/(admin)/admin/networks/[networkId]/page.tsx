import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { NetworkDetail } from "@/components/admin/networks/network-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Network" };

export default async function NetworkPage({ params }: { params: Promise<{ networkId: string }> }) {
  await requireOperator();
  const { networkId } = await params;
  const initial = await firstRead((await api()).chain.getNetworkRecord({ networkId }));
  return <NetworkDetail networkId={networkId} initial={initial} />;
}
