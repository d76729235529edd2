import { buildPosd } from "../../devnet/build.mjs";

/** Builds both releases of posd into the cache, so that no test's time limit has to hold a compiler. Returns the problem, if any. */
export async function buildAllPosd({ cacheDir, reporter, signal }) {
  const step = reporter.step("posd", "building");
  try {
    for (const version of ["v1", "v2"]) await buildPosd({ version, cacheDir, onLine: step.update, signal });
    step.done("both releases are built");
    return undefined;
  } catch (error) {
    if (signal.aborted) throw error;
    step.fail("not built");
    return error.message;
  }
}
