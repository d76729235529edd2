import { accessSync, constants, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { StartFailure } from "./failure.mjs";

/**
 * The path of the posd that the local chain runs on: POSD_BINARY, otherwise a build of devnet/ (4 to 7 minutes the first
 * time, kept in the cache directory). @throws StartFailure start.posd_binary_unusable, start.go_missing, start.posd_build_failed
 */
export async function resolvePosd({ repoDir, posdBinary, cacheDir, onLine, signal }) {
  if (posdBinary) return requireExecutable(resolve(repoDir, posdBinary));
  const { buildPosd } = await import(pathToFileURL(join(repoDir, "devnet/build.mjs")).href);
  try {
    const { path } = await buildPosd({ version: "v1", cacheDir, onLine, signal });
    return path;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    if (cause.code === "go_missing") {
      throw new StartFailure({
        code: "start.go_missing",
        what: "There is no local chain: its program, posd, has to be compiled, and Go is not installed.",
        fix: "Install Go (https://go.dev/dl) or set POSD_BINARY to a posd, then start again. The portal runs on without it.",
        cause,
      });
    }
    if (cause.code !== "build_failed") throw cause;
    throw new StartFailure({
      code: "start.posd_build_failed",
      what: `There is no local chain: posd could not be compiled. ${cause.message}`,
      fix: "Correct what the compiler names, or set POSD_BINARY to a posd, then start again. The portal runs on without it.",
      cause,
    });
  }
}

function requireExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    if (statSync(path).isFile()) return path;
  } catch {
    // Said below, together with a directory of that name.
  }
  throw new StartFailure({
    code: "start.posd_binary_unusable",
    what: `There is no local chain: POSD_BINARY names ${path}, which is no program that this user can run.`,
    fix: "Correct POSD_BINARY, or unset it to have posd built. The portal runs on without a local chain.",
  });
}
