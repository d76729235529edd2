import { z } from "zod";

/**
 * One step as the SDK reports it, in an answer or a checkpoint (`StepOpCode` of the SDK; specification 5.1.1). The SDK adds members of its own,
 * which are ignored: what a step means stands in these.
 */
export const operation = z.object({
  id: z.string().min(1).max(128),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  timing: z.object({ a: z.number(), b: z.number() }).nullish(),
});

/** One step as the SDK reports it. */
export type Operation = z.infer<typeof operation>;

/** The JSON with which the SDK resolves a step that returned `data`. */
export function dataMemo(data: unknown): string {
  return JSON.stringify({ data: data ?? null });
}

/** A step's name for people. */
export function nameOf(reported: Operation): string {
  return reported.displayName ?? reported.name ?? reported.id;
}

/** The wall time of a step from the SDK's `timing`: `a` is the start and `b` the length, both in nanoseconds. */
export function timesOf(reported: Operation, fallback: Date): { startedAt: Date; endedAt: Date } {
  if (!reported.timing) return { startedAt: fallback, endedAt: fallback };
  const startedMs = Math.floor(reported.timing.a / 1e6);
  const plausible = Number.isSafeInteger(startedMs) && startedMs > 0 && startedMs < 8.64e15;
  if (!plausible) return { startedAt: fallback, endedAt: fallback };
  return {
    startedAt: new Date(startedMs),
    endedAt: new Date(startedMs + Math.max(0, Math.floor(reported.timing.b / 1e6))),
  };
}
