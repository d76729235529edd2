import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { CapacityList } from "@/components/admin/capacity/capacity-list";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Capacity" };

export default async function CapacityPage() {
  await requireOperator();
  return <CapacityList initial={await firstRead((await api()).regions.listCapacity({}))} />;
}
