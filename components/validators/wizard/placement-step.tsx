"use client";

import { useQuery } from "@tanstack/react-query";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import { RegionChoice } from "@/components/regions/region-choice";
import { UpstreamDown } from "@/components/state/upstream-down";
import { RadioCards } from "@/components/ui/radio-cards";
import { Skeleton } from "@/components/ui/skeleton";
import type { StepProps } from "./step-props";

const money = (minorUnits: number, currency: string) => `${(minorUnits / 100).toFixed(2)} ${currency} a month`;
const FULL_REFETCH_MS = 10_000;

/** Region, size and runtime, with what is free now. */
export function PlacementStep({ answers, messages, onChange, network }: StepProps) {
  const trpc = useTRPC();
  const regions = useQuery(trpc.regions.listRegions.queryOptions({}, { refetchInterval: FULL_REFETCH_MS }));
  const runtimes = useQuery(trpc.validators.probeRuntimes.queryOptions({}, { refetchInterval: FULL_REFETCH_MS }));
  if (regions.error && !regions.data) {
    const { message, code } = shownError(regions.error);
    return (
      <UpstreamDown
        upstream="The list of regions"
        sentence={message}
        code={code}
        onRetry={() => void regions.refetch()}
      />
    );
  }
  if (!regions.data) return <Skeleton className="h-64" />;
  const chosen = regions.data.find((region) => region.code === answers.regionCode);
  return (
    <div className="grid gap-6">
      <RegionChoice
        regions={regions.data}
        value={answers.regionCode}
        onValueChange={(regionCode) => onChange({ regionCode })}
        error={messages.regionCode}
        isLocalnet={network.kind === "localnet"}
      />
      <RadioCards
        name="tierCode"
        legend="Size"
        columns={2}
        value={answers.tierCode}
        onValueChange={(tierCode) => onChange({ tierCode })}
        error={messages.tierCode}
        options={
          (chosen ?? regions.data.find((region) => region.tiers.length > 0))?.tiers.map((tier) => ({
            value: tier.code,
            title: tier.code,
            description: `${tier.cpuCores} vCPU, ${tier.memoryGb} GB memory, ${tier.diskGb} GB disk${tier.isTestnetOnly ? "; test networks only" : ""}`,
            aside: money(tier.monthlyPriceMinorUnits, tier.currency),
            disabledReason:
              tier.isTestnetOnly && network.kind === "mainnet" ? "Below the network's minimum hardware." : undefined,
          })) ?? []
        }
      />
      <RadioCards
        name="runtime"
        legend="Runtime"
        columns={3}
        value={answers.runtime}
        onValueChange={(runtime) => onChange({ runtime })}
        options={[
          {
            value: "",
            title: "Automatic",
            description: "A container where Docker answers, else a supervised process.",
          },
          {
            value: "docker",
            title: "Container",
            description: "Docker: no capabilities, read-only root, limits.",
            disabledReason:
              runtimes.data?.docker.isAvailable === false
                ? (runtimes.data.docker.reason ?? "Docker does not answer.")
                : undefined,
          },
          {
            value: "process",
            title: "Process",
            description: "A supervised process of this machine.",
            disabledReason:
              runtimes.data?.process.isAvailable === false
                ? (runtimes.data.process.reason ?? "Not available.")
                : undefined,
          },
        ]}
      />
    </div>
  );
}
