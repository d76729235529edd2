import type { Metadata } from "next";
import { readOrNotFound } from "@/app/first-read";
import { EditNetwork } from "@/components/admin/networks/edit-network";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../../require-operator";

export const metadata: Metadata = { title: "Edit network" };

export default async function EditNetworkPage({ params }: { params: Promise<{ networkId: string }> }) {
  await requireOperator();
  const { networkId } = await params;
  const { id, record } = await readOrNotFound((await api()).chain.getNetworkRecord({ networkId }));
  return <EditNetwork networkId={id} record={record} />;
}
