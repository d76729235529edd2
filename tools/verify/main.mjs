import { join } from "node:path";
import { explainFailure } from "../start/failure.mjs";
import { installDependencies } from "../start/install.mjs";
import { repoDir } from "../start/options.mjs";
import { createReporter, formatElapsed } from "../start/reporter.mjs";
import { sumResults } from "../test/run-check.mjs";
import { runTests } from "../test/run-tests.mjs";
import { runGates } from "./run-gates.mjs";

// `npm run verify`: what can be checked without a database. `--full` goes on with everything that `npm test` runs.
const reporter = createReporter();
const signal = new AbortController().signal;
const startedAtMs = Date.now();
try {
  if (process.argv.includes("--full")) {
    process.exitCode = await runTests([]);
  } else {
    await installDependencies({ repoDir, reporter, signal, logFile: join(repoDir, "dist/install.log") });
    const { passed, failed } = sumResults(await runGates(() => true, { reporter, signal }));
    reporter.line("verify", `${passed} passed, ${failed} failed (${formatElapsed(Date.now() - startedAtMs)})`);
    process.exitCode = failed === 0 ? 0 : 1;
  }
} catch (error) {
  reporter.failure("failed", explainFailure(error));
  process.exitCode = 1;
} finally {
  reporter.close();
}
