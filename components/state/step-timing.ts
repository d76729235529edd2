import { formatDuration } from "@/lib/format/format-duration";

/** Where one durable step stands. `person` waits for somebody to act. */
export const STEP_STATES = [
  "waiting",
  "running",
  "retrying",
  "person",
  "done",
  "failed",
  "cancelled",
  "undone",
] as const;

/** One of {@link STEP_STATES}. */
export type StepState = (typeof STEP_STATES)[number];

/** The times of one step, all ISO 8601; what is not known is left out. */
export type StepTimes = {
  state: StepState;
  startedAt?: string | undefined;
  endedAt?: string | undefined;
  /** Median of past runs. */
  usualMs?: number | undefined;
  /** 1 for the first try. */
  attempt?: number | undefined;
  maxAttempts?: number | undefined;
  nextTryAt?: string | undefined;
};

/** What a step's times say in words, for the moment `nowMs`; empty where there is nothing to say. */
export function describeStepTiming(step: StepTimes, nowMs: number): string {
  const startedMs = step.startedAt === undefined ? undefined : Date.parse(step.startedAt);
  const endedMs = step.endedAt === undefined ? undefined : Date.parse(step.endedAt);
  const tries =
    step.attempt !== undefined && step.attempt > 1
      ? `try ${step.attempt}${step.maxAttempts === undefined ? "" : ` of ${step.maxAttempts}`}`
      : undefined;
  const usual = step.usualMs === undefined ? undefined : `usually ${formatDuration(step.usualMs)}`;
  const elapsed = startedMs === undefined ? undefined : formatDuration((endedMs ?? nowMs) - startedMs);
  const parts: Record<StepState, (string | undefined)[]> = {
    waiting: [usual],
    running: [elapsed, usual, tries],
    retrying: [tries, nextTry(step.nextTryAt, nowMs)],
    person: [elapsed && `waiting for ${elapsed}`],
    done: [elapsed, tries && `on ${tries}`],
    failed: [
      elapsed && `after ${elapsed}`,
      step.attempt !== undefined && step.attempt > 1 ? `${step.attempt} tries` : undefined,
    ],
    cancelled: [elapsed && `after ${elapsed}`],
    undone: [elapsed && `had taken ${elapsed}`],
  };
  return parts[step.state].filter(Boolean).join(", ");
}

function nextTry(nextTryAt: string | undefined, nowMs: number): string | undefined {
  if (nextTryAt === undefined) return undefined;
  const leftMs = Date.parse(nextTryAt) - nowMs;
  // Whole seconds, upwards: a countdown that shows tenths flickers.
  return leftMs <= 0 ? "next try now" : `next try in ${formatDuration(Math.ceil(leftMs / 1_000) * 1_000)}`;
}
