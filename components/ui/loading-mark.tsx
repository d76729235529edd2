import { classNames } from "./class-names";
import { MARK } from "./mark-geometry";

/** The mark with its ring drawing itself: something is under way. Decorative; the words beside it say what. */
export function LoadingMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox={MARK.viewBox}
      className={classNames("h-4 w-auto", className)}
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <g strokeWidth={2} opacity={0.35}>
        <rect {...MARK.rectangle} />
        <path d={MARK.stem} />
        <circle {...MARK.bowl} />
      </g>
      <circle {...MARK.bowl} strokeWidth={2.5} pathLength={100} strokeDasharray="38 62" className="animate-turn" />
    </svg>
  );
}
