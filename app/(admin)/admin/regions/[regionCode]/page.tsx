import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { RegionDetail } from "@/components/admin/regions/region-detail";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../../require-operator";

export const metadata: Metadata = { title: "Region" };

export default async function RegionPage({ params }: { params: Promise<{ regionCode: string }> }) {
  await requireOperator();
  const { regionCode } = await params;
  const initial = await firstRead((await api()).regions.getRegion({ regionCode }));
  return <RegionDetail regionCode={regionCode} initial={initial} />;
}
