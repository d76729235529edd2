import { crashed, phraseCounts } from "./check-result.mjs";

const SHOWN_LINES = 300;

/** Runs one check, prints its line, and its output when it failed; a throw counts as a failed check. */
export async function runCheck({ name, run }, { reporter, signal }) {
  const step = reporter.step(name, "running");
  const result = await run({ signal }).catch((error) => {
    if (signal?.aborted) throw error;
    return crashed(error.what ?? error.message, error.fix ? [error.fix] : []);
  });
  const text = phraseCounts(result);
  if (result.failed === 0) {
    step.done(text);
    return result;
  }
  step.fail(text);
  const hidden = result.output.length - SHOWN_LINES;
  if (hidden > 0) process.stdout.write(`  (${hidden} earlier lines are in test-results/${name}.log)\n`);
  for (const line of result.output.slice(-SHOWN_LINES)) process.stdout.write(`  ${line}\n`);
  return result;
}

/** Sums the counts of many results. */
export const sumResults = (results) =>
  results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
