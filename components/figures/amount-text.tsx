import { classNames } from "@/components/ui/class-names";
import { UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";

/** How a denom is shown: base units times ten to the minus exponent. */
export type Denom = { symbol: string; exponent: number };

/** An exact chain amount in display units: every digit, grouped, the symbol quieter. `amountBaseUnits` is a decimal string. */
export function AmountText({
  amountBaseUnits,
  denom,
  className,
}: {
  amountBaseUnits: string;
  denom: Denom;
  className?: string;
}) {
  return (
    <span className={classNames("whitespace-nowrap", className)}>
      {formatBaseUnits(amountBaseUnits, denom.exponent)}
      {UNIT_SPACE}
      <span className="text-ink-muted">{denom.symbol}</span>
    </span>
  );
}
