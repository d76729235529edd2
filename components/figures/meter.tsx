import { STATE_MARK, type State } from "@/components/state/state";
import { classNames } from "@/components/ui/class-names";

type MeterProps = {
  /** What is measured: "Misses allowed before jail". */
  label: string;
  value: number;
  max: number;
  /** The value in words: "3 of 28 500". */
  valueText: string;
  state: State;
  /** A limit drawn as a line across the bar, as the threshold at which something happens. */
  limit?: number;
  /** Hides the words from sight where they stand beside the meter already. */
  wordsHidden?: boolean;
};

/** A quantity against its bound. The bar is SVG, so that it is right in the first paint. */
export function Meter({ label, value, max, valueText, state, limit, wordsHidden }: MeterProps) {
  const share = max > 0 ? Math.min(100, Math.max(0, (100 * value) / max)) : 0;
  return (
    <div>
      <div className={classNames("mb-1 flex justify-between gap-3 text-xs", wordsHidden && "sr-only")}>
        <span className="text-ink-muted">{label}</span>
        <span>{valueText}</span>
      </div>
      <meter className="sr-only" aria-label={label} min={0} max={max} value={value}>
        {valueText}
      </meter>
      <svg width="100%" height="8" aria-hidden="true" className="block">
        <rect y="1" width="100%" height="6" rx="1" className="fill-raised" />
        <rect y="1" width={`${share}%`} height="6" rx="1" fill="currentColor" className={STATE_MARK[state]} />
        {limit === undefined || max <= 0 ? null : (
          <line
            x1={`${(100 * limit) / max}%`}
            x2={`${(100 * limit) / max}%`}
            y1="0"
            y2="8"
            strokeWidth="2"
            className="stroke-ink"
          />
        )}
      </svg>
    </div>
  );
}
