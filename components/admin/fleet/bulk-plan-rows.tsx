import { StateBadge } from "@/components/state/state-badge";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import type { BulkPlan } from "@/server/domains/fleet/schemas";

/** The answer is cut to two places; power that is there is not shown as none. */
const powerWords = ({ powerPercent, powerBaseUnits }: BulkPlan["rows"][number]): string =>
  powerPercent === 0 && powerBaseUnits !== null && powerBaseUnits !== "0"
    ? `< 0.01${UNIT_SPACE}%`
    : `${powerPercent}${UNIT_SPACE}%`;

/** What would happen to each node, the refused ones first, with the price of the others. */
export function BulkPlanRows({ plan }: { plan: BulkPlan }) {
  const rows = [...plan.rows].sort((one, other) => Number(one.refusal === null) - Number(other.refusal === null));
  return (
    <section aria-labelledby="bulk-plan" className="grid gap-2">
      <h3 id="bulk-plan" className="text-sm font-semibold" role="status">
        {plan.allowed} would be done, {plan.refused} would not
      </h3>
      <ul className="max-h-96 divide-y overflow-y-auto rounded-md border text-sm">
        {rows.map((row) => (
          <li key={row.setupRequestId} className="grid gap-0.5 px-3 py-2">
            <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
              {row.refusal === null ? (
                <StateBadge state="ok" word="Would be done" />
              ) : (
                <StateBadge state="attention" word="Refused" />
              )}
              <span className="min-w-0 font-medium break-words">{row.validatorName}</span>
              <span className="min-w-0 break-words text-ink-muted">{row.organizationName ?? row.organizationId}</span>
              {row.powerPercent === null ? null : (
                <span className="text-ink-muted tabular-nums">{powerWords(row)} of the voting power</span>
              )}
            </span>
            <span>{row.sentence}</span>
            {row.price === null || row.refusal === "fleet.would_be_jailed" ? null : (
              <span className="text-ink-muted">{row.price}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
