import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { RegionOverview } from "@/components/admin/regions/region-overview";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Regions" };

export default async function RegionsPage() {
  await requireOperator();
  return <RegionOverview initial={await firstRead((await api()).regions.listRegions({}))} />;
}
