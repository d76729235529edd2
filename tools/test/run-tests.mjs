import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { explainFailure, StartFailure } from "../start/failure.mjs";
import { installDependencies } from "../start/install.mjs";
import { readOptions, repoDir } from "../start/options.mjs";
import { createReporter, formatElapsed } from "../start/reporter.mjs";
import { gates } from "../verify/gates.mjs";
import { runGates } from "../verify/run-gates.mjs";
import { crashed } from "./check-result.mjs";
import { preparePrerequisites } from "./prerequisites.mjs";
import { runCheck, sumResults } from "./run-check.mjs";
import { resultsDir } from "./runners.mjs";
import { stages } from "./stages.mjs";

/** The names after `--only`, or undefined for everything. @throws StartFailure test.only_unknown */
export function wantedNames(argv) {
  const index = argv.findIndex((argument) => argument === "--only" || argument.startsWith("--only="));
  if (index === -1) return undefined;
  const text = argv[index].includes("=") ? argv[index].split("=")[1] : argv[index + 1];
  const names = (text ?? "").split(",").filter((name) => name !== "");
  const known = [...gates, ...stages].map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0) {
    throw new StartFailure({
      code: "test.only_unknown",
      what: unknown.length > 0 ? `There is no check named ${unknown.join(", ")}.` : "--only takes names of checks.",
      fix: `Checks: ${known.join(", ")}. For example: npm test -- --only unit,meta`,
    });
  }
  return names;
}

/** Runs everything, or what `--only` names, past every failure; resolves to the exit status. */
export async function runTests(argv) {
  const reporter = createReporter();
  const stopping = new AbortController();
  const onSignal = (name) => stopping.abort(new Error(`stopped by ${name}`));
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, onSignal);
  const results = [];
  let stopPrerequisites = async () => {};
  try {
    const names = wantedNames(argv);
    const isWanted = (name) => names === undefined || names.includes(name);
    const options = readOptions([]);
    const context = { reporter, signal: stopping.signal };
    mkdirSync(resultsDir, { recursive: true });
    await installDependencies({ repoDir, ...context, logFile: join(resultsDir, "install.log") });

    const startedAtMs = Date.now();
    const gateResults = await runGates(isWanted, context);
    results.push(...gateResults);
    if (gateResults.length > 0) reporter.line("verify", `took ${formatElapsed(Date.now() - startedAtMs)}`);

    const wanted = stages.filter(({ name }) => isWanted(name));
    const { missing, stop } = await preparePrerequisites(new Set(wanted.flatMap(({ needs }) => needs)), {
      ...context,
      cacheDir: options.cacheDir,
      dockerSocketPath: options.dockerSocketPath,
    });
    stopPrerequisites = stop;
    for (const stage of wanted) {
      const lacking = stage.needs.find((need) => missing.has(need));
      const run = lacking ? async () => crashed(missing.get(lacking)) : (given) => stage.run({ ...given, options });
      results.push(await runCheck({ name: stage.name, run }, context));
    }
  } catch (error) {
    reporter.failure("failed", explainFailure(error));
    results.push(crashed("the run was cut short"));
  } finally {
    await stopPrerequisites();
    reporter.close();
  }
  const { passed, failed } = sumResults(results);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
