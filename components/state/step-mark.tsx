import type { StepState } from "./step-timing";

const ring = <circle cx="8.5" cy="8.5" r="7" fill="none" strokeWidth="1.5" className="stroke-line-strong" />;

const DRAWINGS: Record<StepState, React.ReactNode> = {
  waiting: ring,
  running: (
    <>
      {ring}
      <circle
        cx="8.5"
        cy="8.5"
        r="7"
        fill="none"
        strokeWidth="2"
        pathLength="100"
        strokeDasharray="30 70"
        className="animate-turn stroke-accent"
      />
      <circle cx="8.5" cy="8.5" r="2.5" className="fill-accent" />
    </>
  ),
  retrying: (
    <>
      <path d="M8.5 1 16.5 15.5H.5Z" className="fill-attention-mark" />
      <path d="M8.5 6v4.5M8.5 12.3v1.4" strokeWidth="1.6" className="stroke-panel" />
    </>
  ),
  person: (
    <>
      <path d="M8.5.5l8 8-8 8-8-8Z" fill="none" strokeWidth="1.6" className="stroke-attention-mark" />
      <circle cx="8.5" cy="8.5" r="2.5" className="fill-attention-mark" />
    </>
  ),
  done: (
    <>
      <circle cx="8.5" cy="8.5" r="7.75" className="fill-ok-mark" />
      <path d="M5 8.8 7.5 11.2 12 6.3" fill="none" strokeWidth="1.7" className="stroke-panel" />
    </>
  ),
  failed: (
    <>
      <path d="M5.2.5h6.6l4.7 4.7v6.6l-4.7 4.7H5.2L.5 11.8V5.2Z" className="fill-danger-mark" />
      <path d="M5.7 5.7l5.6 5.6M11.3 5.7l-5.6 5.6" strokeWidth="1.7" className="stroke-panel" />
    </>
  ),
  cancelled: (
    <>
      {ring}
      <path d="M3.6 13.4 13.4 3.6" strokeWidth="1.5" className="stroke-line-strong" />
    </>
  ),
  undone: (
    <>
      {ring}
      <path d="M5 8.8 7.5 11.2 12 6.3" fill="none" strokeWidth="1.5" className="stroke-line-strong" />
      <path d="M3.6 13.4 13.4 3.6" strokeWidth="1.5" className="stroke-line-strong" />
    </>
  ),
};

/** The shape of a step's state, 17 px; decorative, the word stands beside it. */
export function StepMark({ state }: { state: StepState }) {
  return (
    <svg viewBox="0 0 17 17" aria-hidden="true" className="mt-0.5 size-4.25 shrink-0 overflow-visible">
      {DRAWINGS[state]}
    </svg>
  );
}
