import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { explainFailure } from "../start/failure.mjs";
import { installDependencies } from "../start/install.mjs";
import { readOptions, repoDir } from "../start/options.mjs";
import { createReporter, formatElapsed } from "../start/reporter.mjs";
import { gates } from "../verify/gates.mjs";
import { runGates } from "../verify/run-gates.mjs";
import { crashed } from "./check-result.mjs";
import { listDomains } from "./domains.mjs";
import { describeMinutes } from "./minutes.mjs";
import { preparePrerequisites } from "./prerequisites.mjs";
import { runCheck, sumResults } from "./run-check.mjs";
import { runLanes } from "./run-lanes.mjs";
import { resultsDir } from "./runners.mjs";
import { lanes, stages } from "./stages.mjs";
import { readWanted } from "./wanted.mjs";

/** Runs everything, what `--only` names or what `--changed` files can break, past every failure; resolves to the exit status. */
export async function runTests(argv) {
  const reporter = createReporter();
  const stopping = new AbortController();
  const onSignal = (name) => stopping.abort(new Error(`stopped by ${name}`));
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, onSignal);
  const startedAtMs = Date.now();
  const results = [];
  let prepared;
  try {
    const { isWanted, pathsOf, note } = readWanted(argv, repoDir);
    if (note) reporter.line("changed", note);
    const options = readOptions([]);
    const context = { reporter, signal: stopping.signal };
    mkdirSync(resultsDir, { recursive: true });
    await installDependencies({ repoDir, ...context, logFile: join(resultsDir, "install.log") });

    const hasGates = gates.some(({ name }) => isWanted(name));
    const wanted = Object.fromEntries(
      Object.entries(lanes).map(([lane, names]) => [
        lane,
        names.filter((name) => (name === "gates" ? hasGates : isWanted(name))),
      ]),
    );
    const needs = new Set(
      Object.values(wanted).flatMap((names) => names.flatMap((name) => stages.get(name)?.needs ?? [])),
    );
    const prepare = () => {
      const { cacheDir, dockerSocketPath } = options;
      prepared ??= preparePrerequisites(needs, { ...context, cacheDir, dockerSocketPath });
      return prepared;
    };
    const runGateStage = async (lane) => {
      const width = wanted.R.length === 0 ? 2 : 1;
      const beganAtMs = Date.now();
      const found = await runGates(isWanted, context, { width });
      results.push(...found.map((result) => ({ ...result, lane })));
      reporter.line("verify", `took ${formatElapsed(Date.now() - beganAtMs)}`);
    };
    const runStage = async (name, lane) => {
      if (name === "gates") return runGateStage(lane);
      const stage = stages.get(name);
      const { missing } = stage.needs.length > 0 ? await prepare() : { missing: new Map() };
      const lacking = stage.needs.find((need) => missing.has(need));
      const run = lacking
        ? async () => crashed(missing.get(lacking))
        : (given) => stage.run({ ...given, options, paths: pathsOf(name) });
      results.push({ ...(await runCheck({ name, run }, context)), lane });
    };
    await runLanes(wanted, {
      afterOf: (name) => stages.get(name)?.after ?? [],
      run: runStage,
      onFailure: (error) => stopping.abort(error),
    });
    const about = { domains: listDomains(repoDir), totalMs: Date.now() - startedAtMs };
    for (const [name, text] of describeMinutes(results, about)) reporter.line(name, text);
    reporter.line("took", formatElapsed(about.totalMs));
  } catch (error) {
    reporter.failure("failed", explainFailure(error));
    results.push(crashed("the run was cut short"));
  } finally {
    const { stop } = (await prepared?.catch(() => undefined)) ?? {};
    await stop?.();
    reporter.close();
  }
  const { passed, failed } = sumResults(results);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
