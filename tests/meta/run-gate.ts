import { execFile } from "node:child_process";
import { join } from "node:path";
import { repoDir } from "./repository-files";

/** What a gate says of a folder: whether it lets it pass, and all that it printed. */
export type Verdict = { readonly passes: boolean; readonly output: string };

/** Runs one of the installed tools in the folder, as `npm run verify` does. */
export function runGate(tool: string, args: readonly string[], folder: string): Promise<Verdict> {
  return new Promise((resolve) => {
    execFile(
      join(repoDir, "node_modules/.bin", tool),
      [...args],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" } },
      (error, stdout, stderr) => resolve({ passes: error === null, output: `${stdout}${stderr}` }),
    );
  });
}
