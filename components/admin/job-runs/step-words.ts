import type { StepTitles } from "@/server/kernel/work/step-titles";

/** `sync-3` is the third look of `sync`, and `sync-pause-3` the pause before it. */
const AGAIN = /(-pause)?-\d+$/;

/** What the steps of a function do, with their names behind it, by which the log knows them; the bare name of one that nobody declared. */
export const stepWordsOf = (titles: StepTitles, functionName: string) => (stepName: string) => {
  const known = titles[functionName] ?? {};
  const title = known[stepName] ?? known[stepName.replace(AGAIN, "")];
  return title === undefined ? stepName : `${title} (${stepName})`;
};
