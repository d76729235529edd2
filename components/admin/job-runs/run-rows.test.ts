import { describe, expect, it } from "vitest";
import type { JobRunDetail } from "@/server/domains/operations/schemas";
import { runRows } from "./run-rows";
import { runSentence } from "./run-sentence";

type Step = JobRunDetail["steps"][number];
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const step = (over: Partial<Step>): Step => ({
  id: "hash-1",
  name: "place",
  kind: "run",
  status: "completed",
  attempts: 1,
  startedAt: at(1),
  endedAt: at(2),
  error: null,
  result: null,
  dueAt: null,
  nextAttemptAt: null,
  ...over,
});
const run = (over: Partial<JobRunDetail>): JobRunDetail => ({
  id: "01RUN",
  functionId: "omniphi-validators.provision",
  functionName: "validators.provision",
  status: "running",
  eventName: "validators/setup.requested",
  queuedAt: at(0),
  startedAt: at(1),
  endedAt: null,
  error: null,
  reason: null,
  nextAttemptAt: null,
  failedAttempts: 0,
  replayOf: null,
  event: "{}",
  output: null,
  maxAttempts: 4,
  parentRunId: null,
  steps: [],
  calls: [],
  ...over,
});
const wordsOf = (stepName: string) => stepName.toUpperCase();
const failed = { name: "Error", message: "docker does not answer", stack: null };

describe("the waterfall of a run", () => {
  it("shows every try of a step by its own calls", () => {
    const calls = [
      { stepId: "hash-1", attempt: 0, startedAt: at(1), endedAt: at(3), outcome: "error", error: failed },
      { stepId: null, attempt: 0, startedAt: at(3), endedAt: at(4), outcome: "ok", error: null },
      { stepId: "hash-1", attempt: 1, startedAt: at(5), endedAt: null, outcome: "running", error: null },
    ] as const;
    const [row] = runRows(run({ steps: [step({ status: "planned", attempts: 2, endedAt: null })], calls }), wordsOf);
    expect(row).toMatchObject({ label: "PLACE", state: "running", startedAt: at(1), attempt: 2, maxAttempts: 4 });
    expect(row?.attempts).toEqual([
      { startedAt: at(1), endedAt: at(3), failed: true, error: "docker does not answer" },
      { startedAt: at(5), failed: false },
    ]);
  });

  it("shows a sleep by its span, for nothing was called, and says what it is", () => {
    const [row] = runRows(
      run({ steps: [step({ kind: "sleep", name: "pause", status: "sleeping", endedAt: null })] }),
      wordsOf,
    );
    expect(row).toMatchObject({ label: "PAUSE (sleep)", state: "running", attempts: [{ startedAt: at(1) }] });
  });

  it("keeps a lost call apart from one that answered", () => {
    const calls = [
      { stepId: "hash-1", attempt: 0, startedAt: at(1), endedAt: at(9), outcome: "lost", error: null },
    ] as const;
    expect(runRows(run({ steps: [step({})], calls }), wordsOf)[0]?.attempts[0]?.failed).toBe(true);
  });
});

describe("the sentence of a run", () => {
  it.each([
    [run({ status: "failed", error: failed }), "Docker does not answer."],
    [run({ status: "cancelled", reason: "it waits for nothing" }), "It waits for nothing."],
    [run({ steps: [step({}), step({ id: "2", name: "init", status: "planned" })] }), "At step INIT; 1 step is done."],
    [
      run({ nextAttemptAt: at(9), failedAttempts: 2, steps: [step({ status: "retrying" })] }),
      "Step PLACE failed 2 times so far and is tried again by itself.",
    ],
    [run({ status: "completed", endedAt: at(4), steps: [step({})] }), "1 step is done; it took 3 s."],
  ])("says where it stands (%#)", (given, sentence) => {
    expect(runSentence(given, wordsOf).replaceAll("\u00a0", " ")).toBe(sentence);
  });
});
