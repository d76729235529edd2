import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PROCESSES } from "../../server/processes/processes.mjs";

const processEntries = (repoDir) => PROCESSES.map(({ name }) => join(repoDir, "server/processes", `${name}.ts`));

/** Where the bundle of a process lies, by the name of its entry file. */
export const processBundle = (repoDir, name) => join(repoDir, "dist/processes", `${name}.mjs`);

/** The esbuild options of the bundles; esbuild itself is loaded here because it exists only after the install step. */
export async function bundler(repoDir) {
  const require = createRequire(join(repoDir, "package.json"));
  const esbuild = await import(pathToFileURL(require.resolve("esbuild")).href);
  const options = {
    absWorkingDir: repoDir,
    entryPoints: Object.fromEntries(processEntries(repoDir).map((path) => [basename(path, ".ts"), path])),
    outdir: join(repoDir, "dist/processes"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    conditions: ["react-server"],
    sourcemap: "linked",
    logLevel: "silent",
  };
  return { esbuild, options };
}

/** Where the program for other people's machines lies: one file that needs nothing but Node. */
export const agentBundle = (repoDir) => join(repoDir, "dist/agent/omniphi-agent.mjs");

/** Bundles it, with all that it stands on. */
export async function bundleAgent(repoDir) {
  const { esbuild, options } = await bundler(repoDir);
  const { outdir: _folder, outExtension: _extension, conditions: _conditions, ...shared } = options;
  await esbuild.build({
    ...shared,
    entryPoints: [join(repoDir, "agent/main.ts")],
    outfile: agentBundle(repoDir),
    packages: "bundle",
    sourcemap: false,
    banner: { js: "#!/usr/bin/env node" },
  });
}

/** Bundles every process. Throws esbuild's BuildFailure, whose message names file and line. */
export async function bundleProcesses(repoDir) {
  const { esbuild, options } = await bundler(repoDir);
  await esbuild.build(options);
  return Object.keys(options.entryPoints).length;
}
