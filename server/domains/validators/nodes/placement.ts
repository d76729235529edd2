import type { Runtime } from "../constants";

/** What each runtime of this installation says of itself. */
export type RuntimeAvailability = Readonly<
  Record<Runtime, { readonly isAvailable: boolean; readonly reason: string | null }>
>;

/**
 * The rule: what the person asked for, if it answers; else, when they left it open, a container where Docker answers and a supervised process
 * where it does not. What was asked for and does not answer is never swapped for something else.
 */
export function chooseRuntime(
  requested: Runtime | null,
  availability: RuntimeAvailability,
): { readonly runtime: Runtime } | { readonly refusal: string } {
  if (requested !== null) {
    const asked = availability[requested];
    return asked.isAvailable ? { runtime: requested } : { refusal: asked.reason ?? `${requested} does not answer` };
  }
  if (availability.docker.isAvailable) return { runtime: "docker" };
  if (availability.process.isAvailable) return { runtime: "process" };
  return { refusal: availability.process.reason ?? availability.docker.reason ?? "no runtime answers" };
}
