import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crashed, phraseCounts } from "./check-result.mjs";
import { resultsDir } from "./runners.mjs";

const SHOWN_LINES = 300;
/** Twice what the slowest check, the journeys, takes on two cores. One that hangs is a failure, and the others still have their say. */
const LIMIT_MINUTES = 60;

/**
 * Runs one check, prints its line, and its output when it failed; a throw or no end within the limit counts as a failed check. Resolves to its
 * result with its name and how long it took.
 */
export async function runCheck({ name, run }, { reporter, signal }) {
  const startedAtMs = Date.now();
  const step = reporter.step(name, "running");
  const limit = AbortSignal.timeout(LIMIT_MINUTES * 60_000);
  const result = await run({ signal: signal ? AbortSignal.any([signal, limit]) : limit }).catch((error) => {
    if (signal?.aborted) throw error;
    if (limit.aborted) return crashed(`not ended after ${LIMIT_MINUTES} minutes`, logTail(name));
    return crashed(error.what ?? error.message, error.fix ? [error.fix] : []);
  });
  const text = phraseCounts(result);
  const finding = { ...result, name, elapsedMs: Date.now() - startedAtMs };
  if (result.failed === 0) {
    step.done(text);
    return finding;
  }
  step.fail(text);
  const hidden = result.output.length - SHOWN_LINES;
  if (hidden > 0) process.stdout.write(`  (${hidden} earlier lines are in test-results/${name}.log)\n`);
  for (const line of result.output.slice(-SHOWN_LINES)) process.stdout.write(`  ${line}\n`);
  return finding;
}

/** What a check that was cut short had written, to see where it stood. */
function logTail(name) {
  try {
    return readFileSync(join(resultsDir, `${name}.log`), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Sums the counts of many results. */
export const sumResults = (results) =>
  results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
