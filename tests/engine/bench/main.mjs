import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundler } from "../../../tools/start/process-bundles.mjs";

// `node tests/engine/bench/main.mjs`: how many runs and steps the embedded engine does in a second on this machine, and what a step costs it.
const repoDir = join(import.meta.dirname, "../../..");
mkdirSync(join(repoDir, "dist"), { recursive: true });
// Within the checkout, so that the bundles find the installed packages.
const outdir = mkdtempSync(join(repoDir, "dist/bench-"));
try {
  const { esbuild, options } = await bundler(repoDir);
  const entryPoints = {
    measure: join(repoDir, "tests/engine/bench/measure.ts"),
    engine: join(repoDir, "tests/support/engine/processes/engine.ts"),
  };
  await esbuild.build({ ...options, entryPoints, outdir });
  const { status } = spawnSync(process.execPath, ["--conditions=react-server", join(outdir, "measure.mjs")], {
    stdio: "inherit",
    env: { ...process.env, BENCH_ENGINE: join(outdir, "engine.mjs") },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
