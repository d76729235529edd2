import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { NodeDetail } from "@/components/admin/nodes/node-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Node" };

export default async function NodePage({ params }: { params: Promise<{ nodeId: string }> }) {
  await requireOperator();
  const { nodeId } = await params;
  const initial = await firstRead((await api()).validators.admin.getNode({ nodeId }));
  return <NodeDetail nodeId={nodeId} initial={initial} />;
}
