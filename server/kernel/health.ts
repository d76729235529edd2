import type { ServiceCtx } from "./context";
import { HEARTBEAT_STALE_SECONDS, type Heartbeat } from "./heartbeats";

/** `unknown` means that nobody could find out, and is never shown as any of the others. */
export type ComponentStatus = "ok" | "degraded" | "down" | "unknown";

/** What is known of one part of the installation. */
export type ComponentHealth = {
  readonly name: string;
  readonly status: ComponentStatus;
  /** One sentence; null when ok. */
  readonly reason: string | null;
  /** How old the knowledge is; null when there is none. */
  readonly ageSeconds: number | null;
  /** Set when nothing that runs needs this part now; without it the installation is degraded at most. */
  readonly isOptional?: true;
};

/** A domain's rows of `/api/health`, asked by the platform's own name. */
export type HealthRow<Ports = unknown> = {
  /** What is unknown when the row throws or is late; empty where the names themselves are found by asking. */
  readonly names: readonly string[];
  run(ctx: ServiceCtx<Ports>, signal: AbortSignal): Promise<readonly ComponentHealth[]>;
};

/** What a process last said, unless that was too long ago to mean anything. */
export function healthOfBeat(
  name: string,
  beat: (Heartbeat & { readonly ageSeconds: number }) | undefined,
  stale: "down" | "unknown",
): ComponentHealth {
  if (!beat) return { name, status: "unknown", reason: "It has never reported.", ageSeconds: null };
  const ageSeconds = Math.round(beat.ageSeconds);
  if (beat.ageSeconds > HEARTBEAT_STALE_SECONDS) {
    return { name, status: stale, reason: `No sign of life for ${ageSeconds} s.`, ageSeconds };
  }
  return { name, status: beat.status, reason: beat.reason, ageSeconds };
}
