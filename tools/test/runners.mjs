import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repoDir } from "../start/options.mjs";
import { runCommand } from "../start/run-command.mjs";
import { checkResult, crashed } from "./check-result.mjs";

/** Where every check writes its whole output and its report. */
export const resultsDir = join(repoDir, "test-results");

const bin = (name) => join(repoDir, "node_modules/.bin", name);

async function run(name, command, args, { env = {}, signal, cwd = repoDir }) {
  mkdirSync(resultsDir, { recursive: true });
  const logFile = join(resultsDir, `${name}.log`);
  rmSync(logFile, { force: true });
  const output = [];
  const { code, signal: endSignal } = await runCommand(command, args, {
    cwd,
    env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1", ...env },
    logFile,
    signal,
    onLine: (line) => output.push(line),
  });
  return { code, ending: endSignal ?? `status ${code}`, output };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

async function programCheck(name, program, args, options) {
  const { code, ending, output } = await run(name, program, args, options);
  return code === 0 ? checkResult({ passed: 1 }) : crashed(`ended with ${ending}`, output);
}

/** A check that is one command of an installed package: its exit status is the result. */
export const commandCheck = (name, tool, args, options) => programCheck(name, bin(tool), args, options);

/** A check that is one of the repository's own scripts. */
export const scriptCheck = (name, script, options) => programCheck(name, process.execPath, [script], options);

const fileTimesReporter = join(repoDir, "tools/test/file-times.mjs");

/**
 * Runs a vitest project, or its files below `paths`, and counts from its JSON report; a file that does not load counts as one failed test.
 */
export async function vitestCheck(name, { paths = [], ...options } = {}) {
  const [reportPath, timesPath] = ["", ".times"].map((suffix) => join(resultsDir, `${name}${suffix}.json`));
  for (const path of [reportPath, timesPath]) rmSync(path, { force: true });
  const reporters = ["default", "json", fileTimesReporter].map((reporter) => `--reporter=${reporter}`);
  const { code, ending, output } = await run(
    name,
    bin("vitest"),
    ["run", "--project", name, ...reporters, `--outputFile.json=${reportPath}`, ...paths],
    { ...options, env: { ...options.env, TEST_FILE_TIMES: timesPath } },
  );
  const report = readReport(reportPath);
  if (!report) return crashed(`vitest wrote no report (${ending})`, output);
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = report.numFailedTests + brokenFiles.length;
  return checkResult({
    passed: report.numPassedTests,
    // An error outside any test fails the run without failing a test.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    output,
    files: readReport(timesPath) ?? [],
  });
}

/** The time of each file of Playwright's report, in which suites lie within suites. */
function journeyTimes(suites) {
  return suites.flatMap((suite) => {
    const results = (suite.specs ?? []).flatMap(({ tests }) => tests.flatMap((test) => test.results));
    const elapsedMs = results.reduce((sum, { duration }) => sum + duration, 0);
    return [{ path: `tests/${suite.file}`, elapsedMs }, ...journeyTimes(suite.suites ?? [])];
  });
}

/** Runs the journeys in Chromium, or those below `paths`, and counts from Playwright's JSON report. */
export async function playwrightCheck(name, { paths = [], ...options } = {}) {
  const reportPath = join(resultsDir, `${name}.json`);
  rmSync(reportPath, { force: true });
  const { code, ending, output } = await run(name, bin("playwright"), ["test", "--reporter=list,json", ...paths], {
    ...options,
    env: { ...options.env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath },
  });
  const report = readReport(reportPath);
  if (!report?.stats) return crashed(`Playwright wrote no report (${ending})`, output);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + report.errors.length;
  return checkResult({
    passed: expected + flaky,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped,
    note: flaky > 0 ? `${flaky} only at the second try` : "",
    output,
    files: journeyTimes(report.suites),
  });
}

/** Runs the Go tests of a module and counts from `go test -json`. */
export async function goCheck(name, folder, options) {
  const { code, ending, output } = await run(name, "go", ["test", "-json", "./..."], {
    ...options,
    cwd: join(repoDir, folder),
    env: { CGO_ENABLED: "0" },
  });
  const counts = { pass: 0, fail: 0, skip: 0 };
  const said = [];
  for (const line of output) {
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      said.push(line);
      continue;
    }
    if (event.Output) said.push(event.Output.trimEnd());
    if (event.Test && event.Action in counts) counts[event.Action] += 1;
  }
  if (code !== 0 && counts.fail === 0) return crashed(`go test ended with ${ending}`, said);
  const { pass: passed, fail: failed, skip: skipped } = counts;
  return checkResult({ passed, failed, skipped, output: said, files: [{ path: `${folder}/`, elapsedMs: 1 }] });
}
