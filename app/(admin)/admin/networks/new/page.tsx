import type { Metadata } from "next";
import { AddNetwork } from "@/components/admin/networks/add-network";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Add network" };

export default async function AddNetworkPage() {
  await requireOperator();
  return <AddNetwork />;
}
