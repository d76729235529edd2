import { classNames } from "@/components/ui/class-names";
import { STATE_MARK, type State } from "./state";

const SHAPES: Record<State, React.ReactNode> = {
  ok: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  attention: <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />,
  danger: <path d="M3.6.6h4.8l3 3v4.8l-3 3H3.6l-3-3V3.6Z" fill="currentColor" />,
  moving: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" opacity="0.35" />
      <circle
        cx="6"
        cy="6"
        r="4.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        pathLength="100"
        strokeDasharray="30 70"
        className="animate-turn"
      />
    </>
  ),
  off: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  unknown: (
    <>
      <rect x="1" y="1" width="10" height="10" rx="1" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M1.5 6 6 1.5M1.5 10.5l9-9M6 10.5 10.5 6" stroke="currentColor" strokeWidth="1.1" />
    </>
  ),
};

/** The shape of a state, 12 px: circle, triangle, octagon, arc, ring, hatched square. Decorative; the word stands beside it. */
export function StateMark({ state, className }: { state: State; className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      // Inside another drawing classes give no size.
      width="12"
      height="12"
      aria-hidden="true"
      className={classNames("size-3 shrink-0", STATE_MARK[state], className)}
    >
      {SHAPES[state]}
    </svg>
  );
}
