import { classNames } from "./class-names";
import { MARK } from "./mark-geometry";

/** The mark alone, in the current colour. Decorative: the name stands beside it, or on the link around it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox={MARK.viewBox}
      className={classNames("h-6 w-auto", className)}
      fill="none"
      stroke="currentColor"
      strokeWidth={2.5}
      aria-hidden="true"
    >
      <rect {...MARK.rectangle} />
      <path d={MARK.stem} />
      <circle {...MARK.bowl} />
    </svg>
  );
}
