import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { Meter } from "@/components/figures/meter";
import { useRegionName } from "@/components/validators/use-region-name";
import { groupDigits } from "@/lib/format/group-digits";
import { MACHINE_TIER_CODES } from "@/server/domains/regions/constants";
import type { RegionCapacity } from "@/server/domains/regions/schemas";

/** A size as people read it; slots that were taken before sizes were kept say so. */
export const tierWords = (tierCode: string | null): string => tierCode ?? "size not kept";

const heldOf = ({ slots }: RegionCapacity, tierCode: string | null): number =>
  slots.byTier.find((tier) => tier.tierCode === tierCode)?.held ?? 0;
const count = (id: string, header: string, read: (row: RegionCapacity) => number): DataColumn<RegionCapacity> => ({
  id,
  header,
  align: "right",
  cell: (row) => groupDigits(read(row)),
  text: (row) => String(read(row)),
});

function Name({ code }: { code: string }) {
  return <NameCell name={useRegionName()(code)} />;
}

export const CAPACITY_COLUMNS: readonly DataColumn<RegionCapacity>[] = [
  {
    id: "region",
    header: "Region",
    isName: true,
    cell: ({ regionCode }) => <Name code={regionCode} />,
    text: ({ regionCode }) => regionCode,
  },
  {
    id: "filled",
    header: "Filled",
    width: "w-40",
    cell: ({ slots }) =>
      slots.total === 0 ? (
        <span className="text-ink-muted">no slots</span>
      ) : (
        <Meter
          label="Slots held"
          wordsHidden
          value={slots.held}
          max={slots.total}
          valueText={`${groupDigits(slots.held)} of ${groupDigits(slots.total)}`}
          state={slots.free === 0 ? "attention" : "moving"}
        />
      ),
    text: ({ slots }) => String(slots.heldPercent ?? ""),
  },
  count("held", "Held", ({ slots }) => slots.held),
  count("free", "Free", ({ slots }) => slots.free),
  ...MACHINE_TIER_CODES.map((code) => count(code, `Held, ${code}`, (row) => heldOf(row, code))),
  count("unsized", "Held, size not kept", (row) => heldOf(row, null)),
  count("servers", "Servers", ({ serverPools }) => serverPools.reduce((sum, pool) => sum + pool.totalMachines, 0)),
  count("available", "Servers with room", ({ serverPools }) =>
    serverPools.reduce((sum, pool) => sum + pool.availableMachines, 0),
  ),
];
