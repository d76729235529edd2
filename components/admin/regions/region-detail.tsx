"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { tableContent } from "@/components/data/table-content";
import { useTRPC } from "@/components/data/trpc-client";
import { DataTable } from "@/components/data-table/data-table";
import { DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { regionJudgement, whyClosed } from "@/components/regions/region-words";
import { EmptyState } from "@/components/state/empty-state";
import { groupDigits } from "@/lib/format/group-digits";
import type { Region } from "@/server/domains/regions/schemas";
import { CapacityPanel } from "../capacity/capacity-panel";
import { SERVER_COLUMNS } from "../servers/server-columns";
import { RegionActs } from "./region-acts";
import { RegionFigures } from "./region-figures";

const REFETCH_MS = 15_000;
const TRAIL = [{ href: "/admin/regions", label: "Regions" }];

/** One region: how it stands, its health over a day, how full it is, and its servers. */
export function RegionDetail({ regionCode, initial }: { regionCode: string; initial: Region | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.regions.getRegion.queryOptions(
      { regionCode },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  return (
    <DetailRead kind="Region" id={regionCode} trail={TRAIL} subject="This region" read={read}>
      {(region, stale) => (
        <DetailPage
          title={region.displayName}
          trail={TRAIL}
          facts={
            <>
              <span className="font-mono">{region.code}</span>
              <span>
                {region.city}, {region.countryCode}
              </span>
            </>
          }
          actions={<RegionActs region={region} />}
          sentence={{ ...regionJudgement(region), children: sentenceOf(region) }}
          stale={stale}
        >
          <RegionFigures region={region} />
          <CapacityPanel regionCode={region.code} />
          <RegionServers regionCode={region.code} />
        </DetailPage>
      )}
    </DetailRead>
  );
}

function sentenceOf(region: Region): string {
  const closed = whyClosed(region);
  const slots = `${groupDigits(region.slotsFree)} of ${groupDigits(region.maxValidators)} slots are free.`;
  const { health } = region;
  const measured =
    health === null
      ? "Its health is not known: no server of it reported in the last ten minutes."
      : `${health.healthyServers} of ${health.totalServers} ${health.totalServers === 1 ? "server is" : "servers are"} well.`;
  return `${closed ?? slots} ${measured}`;
}

function RegionServers({ regionCode }: { regionCode: string }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.regions.listServers.queryOptions({ regionCode, limit: 100 }, { refetchInterval: REFETCH_MS }),
  );
  return (
    <section aria-label="Servers">
      <h2 className="mb-2 text-sm font-semibold">Servers</h2>
      <DataTable
        id="region-servers"
        label="Servers of this region"
        content={tableContent(read, "The list of servers")}
        onRetry={() => void read.refetch()}
        columns={SERVER_COLUMNS}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/admin/servers/${id}`}
        empty={
          <EmptyState title="No server here yet">
            Enrol one under{" "}
            <Link href="/admin/servers" className="text-accent underline underline-offset-4">
              Servers
            </Link>
            ; what it measures becomes this region's health.
          </EmptyState>
        }
      />
    </section>
  );
}
