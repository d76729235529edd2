import { join } from "node:path";
import { buildProcesses, buildWeb, lockBuild } from "../start/build.mjs";
import { explainFailure } from "../start/failure.mjs";
import { installDependencies } from "../start/install.mjs";
import { repoDir } from "../start/options.mjs";
import { createReporter } from "../start/reporter.mjs";

// `npm run build`: what a start would build, without starting anything. No setting is read, so an image can be built with it.
const reporter = createReporter();
const signal = new AbortController().signal;
try {
  await installDependencies({ repoDir, reporter, signal, logFile: join(repoDir, "dist/install.log") });
  const release = await lockBuild({
    repoDir,
    signal,
    onWait: (holder) => reporter.line("build", `waiting for the build of process ${holder.pid}`),
  });
  try {
    const env = { ...process.env, OMNIPHI_SKIP_ENV_VALIDATION: "image-build" };
    await buildProcesses({ repoDir, reporter });
    await buildWeb({ repoDir, env, reporter, signal, logFile: join(repoDir, "dist/build.log") });
  } finally {
    release();
  }
} catch (error) {
  reporter.failure("failed", explainFailure(error));
  process.exitCode = 1;
} finally {
  reporter.close();
}
