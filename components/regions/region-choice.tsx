import { RadioCards } from "@/components/ui/radio-cards";
import { groupDigits } from "@/lib/format/group-digits";
import type { Region } from "@/server/domains/regions/schemas";
import { RegionMap } from "./region-map";
import { loadWords, regionJudgement, whyClosed } from "./region-words";

type RegionChoiceProps = {
  regions: readonly Region[];
  value: string;
  onValueChange: (regionCode: string) => void;
  error: string | undefined;
  /** The chain is one of this machine. */
  isLocalnet: boolean;
};

/** The regions on a map and in a list; the list alone is enough, with arrow keys, and says why a region cannot be chosen. */
export function RegionChoice({ regions, value, onValueChange, error, isLocalnet }: RegionChoiceProps) {
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-muted">
        {isLocalnet
          ? "This is a local network: all regions are this machine. The region says whose slot is held, and nothing of where the node stands."
          : "Nodes run on this installation's own machine; the region says whose slot is held. Latency and load are those that a region's servers measured."}
      </p>
      <RegionMap
        summary={`Map of ${regions.length} regions; the list after it says the same and is what is chosen from.`}
        chosen={value}
        onChoose={onValueChange}
        places={regions.map((region) => ({
          code: region.code,
          name: region.displayName,
          latitude: region.latitude,
          longitude: region.longitude,
          state: regionJudgement(region).state,
          isClosed: whyClosed(region) !== undefined,
        }))}
      />
      <RadioCards
        name="regionCode"
        legend="Region"
        columns={2}
        value={value}
        onValueChange={onValueChange}
        error={error}
        options={regions
          .filter((region) => region.status !== "coming_soon")
          .map((region) => ({
            value: region.code,
            title: region.displayName,
            description: (
              <>
                {region.city}
                <span className="block">{loadWords(region)}</span>
              </>
            ),
            aside: `${groupDigits(region.slotsFree)} of ${groupDigits(region.maxValidators)} slots free`,
            disabledReason: whyClosed(region),
          }))}
      />
    </div>
  );
}
