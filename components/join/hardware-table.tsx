import { Panel } from "@/components/ui/panel";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { MACHINE_TIER_SEEDS } from "@/server/domains/regions/constants";

/** The machines that nodes get here, as a measure for one of one's own. */
export function HardwareTable() {
  return (
    <Panel title="Hardware" flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by the keyboard (WCAG 2.1.1) */}
      <section aria-label="Hardware" tabIndex={0} className="overflow-x-auto focus-visible:-outline-offset-2">
        <table className="w-full text-sm">
          <caption className="px-4 py-2 text-left text-xs text-ink-muted">
            Sizes that nodes get here; for one of your own, take the same.
          </caption>
          <thead>
            <tr className="border-y text-left text-xs text-ink-muted">
              <th scope="col" className="px-4 py-2 font-normal">
                Size
              </th>
              <th scope="col" className="px-4 py-2 text-right font-normal">
                Cores
              </th>
              <th scope="col" className="px-4 py-2 text-right font-normal">
                Memory
              </th>
              <th scope="col" className="px-4 py-2 text-right font-normal">
                Disk
              </th>
              <th scope="col" className="px-4 py-2 font-normal">
                For
              </th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {MACHINE_TIER_SEEDS.map(({ code, cpuCores, memoryGb, diskGb, isTestnetOnly }) => (
              <tr key={code}>
                <th scope="row" className="px-4 py-2 text-left font-medium">
                  {code}
                </th>
                <td className="px-4 py-2 text-right">{cpuCores}</td>
                <td className="px-4 py-2 text-right whitespace-nowrap">{`${groupDigits(memoryGb)}${UNIT_SPACE}GB`}</td>
                <td className="px-4 py-2 text-right whitespace-nowrap">{`${groupDigits(diskGb)}${UNIT_SPACE}GB`}</td>
                <td className="px-4 py-2">{isTestnetOnly ? "test networks" : "every network"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
