import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { repoDir } from "./repository-files";

/** Each path with its text. */
export type Tree = Readonly<Record<string, string>>;

/** Writes the files below the folder. */
export function writeTree(folder: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/**
 * A folder of the calling test's own with copies of these paths of the checkout, these files, and the installed packages; removed when the
 * test has finished.
 */
export function temporaryCheckout(copied: readonly string[], tree: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), "omniphi-meta-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of copied) cpSync(join(repoDir, path), join(folder, path), { recursive: true });
  writeTree(folder, tree);
  symlinkSync(join(repoDir, "node_modules"), join(folder, "node_modules"));
  return folder;
}
