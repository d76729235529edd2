"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { Meter } from "@/components/figures/meter";
import { UnknownText } from "@/components/figures/unknown-text";
import { PageHeader } from "@/components/layout/page-header";
import { RegionMap } from "@/components/regions/region-map";
import { millisecondsText, percentText, regionJudgement } from "@/components/regions/region-words";
import { StateBadge } from "@/components/state/state-badge";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { groupDigits } from "@/lib/format/group-digits";
import type { Region } from "@/server/domains/regions/schemas";

const REFETCH_MS = 15_000;
const SILENT = "No server of this region reported in the last ten minutes.";

/** Every region on the map, and below it how full and how healthy each is. */
export function RegionOverview({ initial }: { initial: Region[] | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.regions.listRegions.queryOptions(
      {},
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const failure = read.error ? failedRead(read.error, "The list of regions") : undefined;
  const onRetry = () => void read.refetch();
  return (
    <div className="max-w-320">
      <PageHeader title="Regions" facts="Where nodes may be put; health is computed from the servers' heartbeats." />
      <div className="grid gap-4">
        {failure && read.data ? (
          <UpstreamDown {...failure} shownAt={new Date(read.dataUpdatedAt).toISOString()} onRetry={onRetry} />
        ) : null}
        {read.data ? (
          <>
            <RegionMap
              summary={`Map of ${read.data.length} regions; the list below says the same.`}
              places={read.data.map((region) => ({
                code: region.code,
                name: region.displayName,
                latitude: region.latitude,
                longitude: region.longitude,
                state: regionJudgement(region).state,
                isClosed: region.status === "coming_soon",
              }))}
            />
            <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
              {read.data.map((region) => (
                <li key={region.code}>
                  <RegionCard region={region} />
                </li>
              ))}
            </ul>
          </>
        ) : failure ? (
          <Panel flush>
            <UpstreamDown fills {...failure} onRetry={onRetry} />
          </Panel>
        ) : (
          <Skeleton className="h-96" />
        )}
      </div>
    </div>
  );
}

function RegionCard({ region }: { region: Region }) {
  const { health, status, activeValidators, maxValidators } = region;
  return (
    <section className="flex h-full flex-col gap-3 rounded-md border bg-panel p-4">
      <div>
        <h2 className="text-base font-semibold">
          <Link href={`/admin/regions/${region.code}`} className="hover:underline">
            {region.displayName}
          </Link>
        </h2>
        <p className="text-xs text-ink-muted">
          {region.city}, {region.countryCode}
        </p>
      </div>
      <StateBadge {...regionJudgement(region)} />
      {maxValidators === 0 ? (
        <p className="text-sm text-ink-muted">No slots yet.</p>
      ) : (
        <Meter
          label="Slots held"
          value={activeValidators}
          max={maxValidators}
          valueText={`${groupDigits(activeValidators)} of ${groupDigits(maxValidators)}`}
          state={activeValidators >= maxValidators ? "attention" : "moving"}
        />
      )}
      {health === null ? (
        <p className="text-sm text-ink-muted">{status === "coming_soon" ? "No servers yet." : SILENT}</p>
      ) : (
        <Measured health={health} />
      )}
    </section>
  );
}

function Measured({ health }: { health: NonNullable<Region["health"]> }) {
  const shown = (text: string | null) => text ?? <UnknownText reason={SILENT} />;
  return (
    <dl className="mt-auto grid gap-y-2 text-sm">
      {[
        ["Score", shown(health.score === null ? null : String(Math.round(health.score)))],
        ["Latency", shown(millisecondsText(health.latencyMs))],
        ["CPU", shown(percentText(health.cpuPercent))],
        ["Memory", shown(percentText(health.memoryPercent))],
      ].map(([label, value]) => (
        <div key={String(label)} className="flex justify-between gap-2">
          <dt className="text-ink-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
