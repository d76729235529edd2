import { redirect } from "next/navigation";
import { api } from "@/server/trpc/server";

export const dynamic = "force-dynamic";

/** The address that people are told: it leads to what joins the network that a newcomer is offered, one with test coins before all others. */
export default async function TestnetPage() {
  const networks = await (await api()).chain.listNetworks({ status: "active" });
  const network = networks.find(({ kind }) => kind !== "mainnet") ?? networks[0];
  redirect(network ? `/networks/${network.chainId}/join` : "/networks");
}
