import { StartFailure } from "./failure.mjs";
import { nodeArguments } from "./migrate.mjs";
import { processBundle } from "./process-bundles.mjs";
import { runCommand } from "./run-command.mjs";

const DEV_PROBE_TIMEOUT_MS = 3_000;

/**
 * Reads every setting as the processes will, before the first of them changes anything.
 * @throws StartFailure start.settings_wrong, start.inngest_dev_server
 */
export async function checkSettings({ repoDir, env, inngestBaseUrl, signal, logFile }) {
  const bundle = processBundle(repoDir, "check-settings");
  const result = await runCommand(process.execPath, nodeArguments(bundle), { cwd: repoDir, env, signal, logFile });
  const problems = result.tail.flatMap(problemOf);
  if (problems.length > 0) {
    throw new StartFailure({
      code: "start.settings_wrong",
      what: `Settings are not what they must be. ${problems.map(({ name, problem }) => `${name}: ${problem}`).join("; ")}.`,
      fix: ".env.example says what each is for. Nothing was changed.",
    });
  }
  if (result.code !== 0) {
    throw new StartFailure({
      code: "start.settings_unreadable",
      what: `The settings could not be checked: ${result.tail.at(-1) ?? "the check ended without a word"}.`,
      fix: `The whole output is in ${logFile}. Nothing was changed.`,
    });
  }
  if (inngestBaseUrl !== undefined) await refuseDevServer(inngestBaseUrl);
}

function problemOf(line) {
  try {
    const { name, problem } = JSON.parse(line);
    return typeof name === "string" && typeof problem === "string" ? [{ name, problem }] : [];
  } catch {
    return [];
  }
}

// Inngest answers GET /dev only where it runs as a development server. One that does not answer at all may come later.
async function refuseDevServer(inngestBaseUrl) {
  let answer;
  try {
    answer = await fetch(new URL("/dev", inngestBaseUrl), {
      redirect: "manual",
      signal: AbortSignal.timeout(DEV_PROBE_TIMEOUT_MS),
    });
    await answer.body?.cancel();
  } catch {
    return;
  }
  if (answer.status !== 200 || answer.headers.get("x-inngest-server-kind") === "cloud") return;
  throw new StartFailure({
    code: "start.inngest_dev_server",
    what: `INNGEST_BASE_URL (${inngestBaseUrl}) is an Inngest development server, which signs nothing; unsigned calls are refused, so no job would run.`,
    fix: "Run it as `inngest start` with the keys of docs/operations.md, or unset INNGEST_BASE_URL to use the embedded engine. Nothing was changed.",
  });
}
