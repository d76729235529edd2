import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Runs TypeScript with the product's imports in a process of its own, as another copy of the product would, and waits for its end. */
export async function runInOtherProcess(source: string): Promise<{ code: number | null; signal: string | null }> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    alias: { "@": process.cwd() },
  });
  const directory = mkdtempSync(join(tmpdir(), "omniphi-other-process-"));
  const path = join(directory, "main.mjs");
  writeFileSync(path, outputFiles[0]?.contents ?? "");
  const [code, signal] = await once(spawn(process.execPath, [path], { stdio: "inherit", env: process.env }), "exit");
  return { code: code as number | null, signal: signal as string | null };
}
