import type { State } from "@/components/state/state";
import type { InstallationStatus, StatusDay } from "@/server/domains/operations/schemas";

type Component = InstallationStatus["components"][number];

/** A day of a part by the worst that was seen for long enough to matter: one look of a day is a minute. */
export type DayKind = "up" | "blinked" | "degraded" | "down" | "unknown";

/** So much of a day's looks is more than a restart. */
const MATTERS = 0.01;

export function statusDayKind({ looks }: StatusDay): DayKind {
  if (looks === null) return "unknown";
  const { ok, degraded, down } = looks;
  const known = ok + degraded + down;
  if (known === 0) return "unknown";
  if (down / known >= MATTERS) return "down";
  if ((down + degraded) / known >= MATTERS) return "degraded";
  return down + degraded > 0 ? "blinked" : "up";
}

const minutes = (count: number): string => `${count} ${count === 1 ? "look" : "looks"}`;

/** A day in words, for whoever hovers over it or cannot see it. */
export function statusDayWords({ day, looks }: StatusDay): string {
  if (looks === null) return `${day}: not recorded`;
  const { ok, degraded, down, unknown } = looks;
  const parts = [
    down > 0 ? `${minutes(down)} found it down` : null,
    degraded > 0 ? `${minutes(degraded)} found it degraded` : null,
    unknown > 0 ? `${minutes(unknown)} found nothing out` : null,
  ].filter((part) => part !== null);
  return `${day}: ${parts.length === 0 ? `up in all ${minutes(ok)}` : `${parts.join(", ")}, of ${minutes(ok + degraded + down + unknown)}`}`;
}

/** Of all looks that found something out, the share that found it up; null where there is none. */
export function upShare(days: readonly StatusDay[]): { readonly up: number; readonly of: number } | null {
  const sum = (pick: (looks: NonNullable<StatusDay["looks"]>) => number): number =>
    days.reduce((total, { looks }) => total + (looks === null ? 0 : pick(looks)), 0);
  // What is degraded works.
  const up = sum(({ ok, degraded }) => ok + degraded);
  const of = up + sum(({ down }) => down);
  return of === 0 ? null : { up, of };
}

export const STATUS_JUDGEMENT: Record<Component["status"], { readonly state: State; readonly word: string }> = {
  ok: { state: "ok", word: "Up" },
  degraded: { state: "attention", word: "Degraded" },
  down: { state: "danger", word: "Down" },
  unknown: { state: "unknown", word: "Not known" },
};

const NAMES: Readonly<Record<string, { readonly name: string; readonly does: string }>> = {
  database: { name: "Database", does: "Keeps everything" },
  jobs: { name: "Job engine", does: "Runs durable work" },
  relay: { name: "Relay", does: "Hands what was committed to the job engine" },
  watcher: { name: "Watcher", does: "Reads blocks and looks at nodes" },
  channels: { name: "Channels", does: "Mail and messages of alerts" },
  "runtime:process": { name: "Process hosts", does: "Run nodes as processes" },
  "runtime:docker": { name: "Docker hosts", does: "Run nodes in containers" },
};

/** A part as people call it; one that this page does not know keeps its name. */
export function componentWords(name: string): { readonly name: string; readonly does: string } {
  const [kind = "", chainId = ""] = [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)];
  if (kind === "chain") return { name: `Blocks of ${chainId}`, does: "Followed by the watcher" };
  if (kind === "endpoints") return { name: `Endpoints of ${chainId}`, does: "The chain's own doors" };
  return NAMES[name] ?? { name, does: "" };
}

/** What matters of all parts, worst first, as one sentence. */
export function statusSentence(components: readonly Component[]): {
  readonly state: State;
  readonly word: string;
  readonly rest: string;
} {
  const named = (status: Component["status"]): string =>
    components
      .filter((component) => component.status === status)
      .map(({ name }) => componentWords(name).name)
      .join(", ");
  if (components.length === 0)
    return {
      state: "unknown",
      word: "Not known",
      rest: "No look at the parts has been recorded yet; one comes each minute.",
    };
  for (const status of ["down", "degraded", "unknown"] as const) {
    const names = named(status);
    if (names !== "") return { ...STATUS_JUDGEMENT[status], rest: `${names}. Every part stands below with its days.` };
  }
  return { ...STATUS_JUDGEMENT.ok, rest: `All ${components.length} parts do what they should.` };
}
