import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this checkout. */
export const repoDir = fileURLToPath(new URL("../..", import.meta.url));

/** A file as rules read it: its path from the root with forward slashes, and its text. */
export type TextFile = { readonly path: string; readonly text: string };

const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?|gz|zip|pdf|wasm)$/;

/** Every file that is or would be committed (tracked, or new and not ignored), sorted. */
export function listRepositoryFiles(): readonly string[] {
  const output = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repoDir,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split("\0"))].filter((path) => path !== "" && existsSync(join(repoDir, path))).sort();
}

/** The text files among them whose path matches; binary formats are left out. */
export function readRepositoryFiles(matching: RegExp = /./): readonly TextFile[] {
  return listRepositoryFiles()
    .filter((path) => matching.test(path) && !BINARY.test(path))
    .map((path) => ({ path, text: readFileSync(join(repoDir, path), "utf8") }));
}

/** One finding of a rule, as a sentence that begins with its place. */
export const at = (file: TextFile, index: number, message: string): string =>
  `${file.path}:${file.text.slice(0, index).split("\n").length} ${message}`;
