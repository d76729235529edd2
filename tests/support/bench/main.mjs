import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { bundler } from "../../../tools/start/process-bundles.mjs";

// `npm run bench` runs every bench, one after the other; `npm run bench -- pages engine` those that are named.
const repoDir = join(import.meta.dirname, "../../..");
const testsDir = join(repoDir, "tests");

/** Benches by name: `tests/<domain>/bench/<name>.bench.ts`. */
const benches = Object.fromEntries(
  readdirSync(testsDir, { recursive: true })
    .filter((path) => /^[^/]+\/bench\/[^/]+\.bench\.ts$/.test(path))
    .map((path) => [basename(path, ".bench.ts"), join(testsDir, path)])
    .sort(),
);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}.\n`);
  process.exit(1);
}

/** A bench in a process of its own, which ends what it started before it ends, also when it is asked to by Ctrl-C. */
function run(outdir, name) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--conditions=react-server", join(outdir, `${name}.bench.mjs`)], {
      cwd: repoDir,
      stdio: "inherit",
      env: { ...process.env, BENCH_DIR: outdir, BENCH_REPO_DIR: repoDir },
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

mkdirSync(join(repoDir, "dist"), { recursive: true });
// Within the checkout, so that the bundles find the installed packages.
const outdir = mkdtempSync(join(repoDir, "dist/bench-"));
process.once("SIGINT", () => undefined);
try {
  const { esbuild, options } = await bundler(repoDir);
  const processes = {
    "engine-process": join(repoDir, "tests/support/engine/processes/engine.ts"),
    migrate: join(repoDir, "server/processes/migrate.ts"),
    watcher: join(repoDir, "server/processes/watcher.ts"),
    worker: join(repoDir, "tests/support/bench/processes/worker.ts"),
  };
  // A bench has its file's whole name, so that it may be called as the process that it measures.
  const entries = Object.entries(benches).map(([name, path]) => [`${name}.bench`, path]);
  await esbuild.build({ ...options, entryPoints: { ...Object.fromEntries(entries), ...processes }, outdir });
  for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
    process.stdout.write(`bench ${name}\n`);
    const code = await run(outdir, name);
    if (code !== 0) process.exitCode = code;
  }
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
