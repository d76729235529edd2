"use client";

import { StateSentence } from "@/components/state/state-sentence";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";

/** What the engine says of itself. */
export type EngineFacts = {
  readonly state: "active" | "away" | "never_started";
  readonly heartbeatAgeMs: number | null;
  readonly queueDepth: number;
  readonly executingCalls: number;
  readonly oldestDueAgeMs: number | null;
  readonly activeRuns: number;
  readonly refusals: readonly string[];
};

/** A due call that waited longer than this means that the engine does not keep up. */
const LATE_MS = 10_000;

const counted = (count: number, one: string, many: string) => `${groupDigits(count)} ${count === 1 ? one : many}`;

/** How the engine does, in one sentence. */
export function EngineSentence({ engine }: { engine: EngineFacts }) {
  if (engine.state === "never_started") {
    return (
      <StateSentence state="unknown" word="No engine yet">
        No job engine has run on this database. Jobs begin as soon as one is started.
      </StateSentence>
    );
  }
  if (engine.state === "away") {
    const age = engine.heartbeatAgeMs === null ? "a while" : formatDuration(engine.heartbeatAgeMs);
    return (
      <StateSentence state="danger" word="Engine away" live>
        Its last sign of life is {age} old. Runs stand still and go on where they were once it is back; nothing is lost.
      </StateSentence>
    );
  }
  const refusal = engine.refusals[0];
  if (refusal !== undefined) {
    return (
      <StateSentence state="attention" word="Registration refused" live>
        The engine runs, but does not take the portal's newest functions: {refusal}
      </StateSentence>
    );
  }
  const isLate = engine.oldestDueAgeMs !== null && engine.oldestDueAgeMs > LATE_MS;
  return (
    <StateSentence state={isLate ? "attention" : "ok"} word={isLate ? "Engine behind" : "Engine active"} live>
      {counted(engine.activeRuns, "run", "runs")} under way, {counted(engine.executingCalls, "step", "steps")}{" "}
      executing, {counted(engine.queueDepth, "call", "calls")} due
      {engine.oldestDueAgeMs === null ? "" : `, the oldest for ${formatDuration(engine.oldestDueAgeMs)}`}.
    </StateSentence>
  );
}
