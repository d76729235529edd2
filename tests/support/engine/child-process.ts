import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A process that a test starts, kills and starts again. */
export type Child = {
  readonly pid: number;
  readonly gone: Promise<void>;
  readonly output: () => string;
  signal(name: "SIGKILL" | "SIGTERM"): Promise<void>;
};

/** Bundles tests/support/engine/processes as the build does the product's processes; answers how to start one, which resolves once it says `ready`. */
export async function bundleChildren(
  names: readonly string[],
): Promise<(name: string, env: Readonly<Record<string, string>>) => Promise<Child>> {
  const { bundler } = (await import(pathToFileURL(join(process.cwd(), "tools/start/process-bundles.mjs")).href)) as {
    bundler(repoDir: string): Promise<{ esbuild: { build(options: object): Promise<unknown> }; options: object }>;
  };
  const { esbuild, options } = await bundler(process.cwd());
  const outdir = join(process.cwd(), "dist", "test-processes", randomUUID());
  const entries = names.map((name) => [name, join(process.cwd(), "tests/support/engine/processes", `${name}.ts`)]);
  await esbuild.build({ ...options, entryPoints: Object.fromEntries(entries), outdir });
  process.once("exit", () => rmSync(outdir, { recursive: true, force: true }));
  return (name, env) => start(join(outdir, `${name}.mjs`), env);
}

async function start(path: string, env: Readonly<Record<string, string>>): Promise<Child> {
  const child: ChildProcess = spawn(process.execPath, ["--conditions=react-server", path], {
    env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const gone = once(child, "exit").then(() => undefined);
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (/^ready\b/m.test(text)) resolve();
      });
    }
    child.once("exit", (code, signal) => reject(new Error(`${path} ended (${code ?? signal}): ${text}`)));
  });
  return {
    pid: child.pid ?? 0,
    gone,
    output: () => text,
    signal: async (name) => {
      child.kill(name);
      await gone;
    },
  };
}
