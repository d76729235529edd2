import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { nodeListInput } from "@/components/admin/list-inputs";
import { NodeList } from "@/components/admin/nodes/node-list";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Nodes" };

export default async function NodesPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = nodeListInput(await toSearchParams(searchParams));
  const initial = await firstRead((await api()).validators.admin.listNodes(input));
  return <NodeList initial={initial} />;
}
