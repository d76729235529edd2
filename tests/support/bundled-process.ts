import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A product process as it runs in production: bundled as the build does it, on plain node. */
export type BundledProcess = {
  /** What stands for the installation's folder: the bundle lies in it where the launcher looks. */
  readonly repoDir: string;
  start(
    env: Readonly<Record<string, string>>,
    args?: readonly string[],
  ): ChildProcess & { readonly output: () => string };
};

/** Bundles one process of server/processes. */
export async function bundleProcess(name: string): Promise<BundledProcess> {
  const { bundler } = (await import(pathToFileURL(join(process.cwd(), "tools/start/process-bundles.mjs")).href)) as {
    bundler(repoDir: string): Promise<{
      esbuild: { build(options: object): Promise<unknown> };
      options: object;
    }>;
  };
  const { esbuild, options } = await bundler(process.cwd());
  const repoDir = join(process.cwd(), "dist", "test-processes", randomUUID());
  const outdir = join(repoDir, "dist", "processes");
  await esbuild.build({
    ...options,
    entryPoints: { [name]: join(process.cwd(), "server/processes", `${name}.ts`) },
    outdir,
  });
  process.once("exit", () => rmSync(repoDir, { recursive: true, force: true }));
  return {
    repoDir,
    start: (env, args = []) => {
      const child = spawn(process.execPath, ["--conditions=react-server", join(outdir, `${name}.mjs`), ...args], {
        env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let text = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
      }
      return Object.assign(child, { output: () => text });
    },
  };
}
