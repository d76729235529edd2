/** So many starts in a period; `burst` of them may come at once, the rest are spread evenly. */
export type ThrottleRule = { readonly limit: number; readonly periodMs: number; readonly burst: number };

/**
 * Generic cell rate algorithm (ITU-T I.371): whether a start is admitted now, given the theoretical arrival time kept for its key. Admitted:
 * the next theoretical arrival time. Not admitted: when to ask again.
 */
export function admit(
  rule: ThrottleRule,
  nextArrivalMs: number | undefined,
  nowMs: number,
):
  | { readonly admitted: true; readonly nextArrivalMs: number }
  | { readonly admitted: false; readonly retryAtMs: number } {
  const interval = rule.periodMs / rule.limit;
  const tolerance = interval * (rule.burst - 1);
  // No key can be further ahead than one full burst; a clock that was set back would otherwise block it for the length of the jump.
  const furthest = nowMs + interval * rule.burst;
  const arrival = Math.min(Math.max(nextArrivalMs ?? nowMs, nowMs), furthest);
  if (arrival - tolerance > nowMs) return { admitted: false, retryAtMs: arrival - tolerance };
  return { admitted: true, nextArrivalMs: arrival + interval };
}
