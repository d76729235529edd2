import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { HealthBoard } from "@/components/admin/health/health-board";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Health" };

export default async function HealthPage() {
  await requireOperator();
  return <HealthBoard initial={await firstRead((await api()).fleet.getHealthBoard({}))} />;
}
