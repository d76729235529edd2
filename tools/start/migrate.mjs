import { StartFailure } from "./failure.mjs";
import { processBundle } from "./process-bundles.mjs";
import { runCommand, saysDiskFull } from "./run-command.mjs";

/** How server/processes/migrate ends where the database is another installation's. */
const INSTALLED_ELSEWHERE = 3;

/**
 * Brings the database to this release's schema, claims it for this installation and seeds it; all may be repeated.
 * @throws StartFailure start.migration_failed, start.installed_elsewhere
 */
export async function migrateDatabase({ repoDir, env, isTakeOver, reporter, logFile, signal }) {
  const step = reporter.step("database", "migrating and seeding");
  const result = await runCommand(
    process.execPath,
    nodeArguments(processBundle(repoDir, "migrate"), ...(isTakeOver ? ["--take-over"] : [])),
    {
      cwd: repoDir,
      env,
      logFile,
      signal,
    },
  );
  if (result.code === 0) {
    step.done("migrated and seeded");
    return;
  }
  if (result.code === INSTALLED_ELSEWHERE) {
    step.fail("another installation's");
    throw new StartFailure({
      code: "start.installed_elsewhere",
      what: reasonOf(result.tail).replace(/^[\w.]+: /, ""),
      fix: "Nothing was started. Only if the other one is gone for good, its nodes too, take its place: npm start -- --take-over",
    });
  }
  step.fail("not migrated");
  if (saysDiskFull(result.tail)) {
    throw new StartFailure({
      code: "start.disk_full",
      what: "The disk became full while the database was being migrated; the change was rolled back.",
      fix: "Free some space, then start again.",
    });
  }
  throw new StartFailure({
    code: "start.migration_failed",
    what: `The database could not be brought to this release's schema: ${reasonOf(result.tail)}`,
    fix: `Nothing was left half done. The whole output is in ${logFile}. If this data was written by a newer release, start that one.`,
  });
}

/** The arguments with which Node runs a bundled process: `server-only` resolves under the react-server condition. */
export const nodeArguments = (bundle, ...rest) => [
  "--conditions=react-server",
  "--enable-source-maps",
  bundle,
  ...rest,
];

function reasonOf(tail) {
  for (const line of tail.toReversed()) {
    try {
      const { level, msg, err } = JSON.parse(line);
      if (level >= 50) return [msg, err?.message].filter(Boolean).join(": ");
    } catch {
      if (/error/i.test(line) && !/^\s+at /.test(line)) return line.trim();
    }
  }
  return tail.at(-1) ?? "it ended without a word.";
}
