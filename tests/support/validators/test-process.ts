import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A child process of a test that can be killed as a crash kills, and started again. */
export type TestProcess = {
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  readonly gone: Promise<void>;
  isAlive(): boolean;
  readonly output: () => string;
};

/** Bundles processes of tests/support/validators/processes as the build does the product's, into that folder; answers their paths by name. */
export async function bundleTestProcesses(
  names: readonly string[],
  outdir: string,
): Promise<Readonly<Record<string, string>>> {
  const { bundler } = (await import(pathToFileURL(join(process.cwd(), "tools/start/process-bundles.mjs")).href)) as {
    bundler(repoDir: string): Promise<{ esbuild: { build(options: object): Promise<unknown> }; options: object }>;
  };
  const { esbuild, options } = await bundler(process.cwd());
  // Outside the working tree, which a build may clean meanwhile; packages are found through the link.
  mkdirSync(outdir, { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(outdir, "node_modules"));
  const entries = names.map((name) => [name, join(process.cwd(), "tests/support/validators/processes", `${name}.ts`)]);
  await esbuild.build({ ...options, entryPoints: Object.fromEntries(entries), outdir });
  return Object.fromEntries(names.map((name) => [name, join(outdir, `${name}.mjs`)]));
}

/** Starts it and waits for the line that says `ready`. Throws with what it printed when it ends before. */
export async function startTestProcess(path: string, env: Readonly<Record<string, string>>): Promise<TestProcess> {
  const child: ChildProcess = spawn(process.execPath, ["--conditions=react-server", path], {
    env: { NODE_ENV: "test", PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const isReady = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (/^ready\b/m.test(text)) resolve();
      });
    }
    child.once("exit", (code, signal) => reject(new Error(`${path} ended (${code ?? signal}): ${text}`)));
  });
  const gone = once(child, "exit").then(() => undefined);
  await isReady;
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    gone,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    output: () => text,
  };
}
