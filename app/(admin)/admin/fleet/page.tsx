import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { FleetList } from "@/components/admin/fleet/fleet-list";
import { fleetListInput } from "@/components/admin/list-inputs";
import { api } from "@/server/trpc/server";
import { requireOperator } from "../require-operator";

export const metadata: Metadata = { title: "Fleet" };

export default async function FleetPage({ searchParams }: { searchParams: PageSearch }) {
  await requireOperator();
  const input = fleetListInput(await toSearchParams(searchParams));
  const caller = await api();
  const [rows, spread, networks, regions] = await Promise.all([
    firstRead(caller.fleet.listFleet(input)),
    firstRead(caller.fleet.getVersionSpread({})),
    firstRead(caller.chain.listNetworks({})),
    firstRead(caller.regions.listRegions({})),
  ]);
  const choices = {
    networks: (networks ?? []).map(({ id, displayName }) => ({ value: id, label: displayName })),
    regions: (regions ?? []).map(({ code, displayName }) => ({ value: code, label: displayName })),
  };
  return <FleetList initial={rows} spread={spread} choices={choices} />;
}
