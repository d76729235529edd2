import { formatDuration } from "@/lib/format/format-duration";
import type { JobRunDetail } from "@/server/domains/operations/schemas";

const lasted = (run: JobRunDetail): string =>
  run.startedAt && run.endedAt ? formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : "no time";

const areDone = (count: number): string => (count === 1 ? "1 step is done" : `${count} steps are done`);
const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

const asSentence = (words: string): string => {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

/** How a run stands, in one sentence after its state's word. */
export function runSentence(run: JobRunDetail, wordsOf: (stepName: string) => string): string {
  const done = run.steps.filter((step) => step.status === "completed").length;
  const current = run.steps.findLast((step) => step.status !== "completed" && step.status !== "abandoned");
  switch (run.status) {
    case "queued":
      return "It waits for a place: a limit on runs at once, or a delay that its function asks for.";
    case "completed":
      return `${areDone(done)}; it took ${lasted(run)}.`;
    case "cancelled":
      return run.reason === null ? "Why was not recorded." : asSentence(run.reason);
    case "failed":
      return run.error === null ? "It left no error." : asSentence(run.error.message);
    case "running":
      if (run.nextAttemptAt !== null && current) {
        return `Step ${wordsOf(current.name)} failed ${times(run.failedAttempts)} so far and is tried again by itself.`;
      }
      return current
        ? `At step ${wordsOf(current.name)}; ${areDone(done)}.`
        : `${areDone(done)}; asking what comes next.`;
  }
}
