import { describe, expect, it } from "vitest";
import { at, readRepositoryFiles, type TextFile } from "./repository-files";

/** Ways to hand text to a shell, where a space or a semicolon in a name becomes a command. */
const PATTERNS: readonly RegExp[] = [
  /import\s*(?:type\s*)?\{[^}]*\bexec(?:Sync)?\b[^}]*\}\s*from\s*["'](?:node:)?child_process["']/g,
  /\bchild_process["')\s.]*\.exec(?:Sync)?\(/g,
  /\bshell:\s*(?!false\b)\S/g,
  /(?:spawn|execFile)(?:Sync)?\(\s*["'](?:\/bin\/)?(?:ba|z|da)?sh["'],\s*\[\s*["']-[a-z]*c["']/g,
  /exec\.Command\(\s*"(?:\/bin\/)?(?:ba|z|da)?sh"/g,
  /\bCmd:\s*\[\s*["'](?:\/bin\/)?(?:ba|z|da)?sh["'],\s*["']-[a-z]*c["']/g,
];

const shellStrings = (files: readonly TextFile[]): string[] =>
  files.flatMap((file) =>
    PATTERNS.flatMap((pattern) =>
      [...file.text.matchAll(pattern)].map((match) => at(file, match.index, `"${match[0]}"`)),
    ),
  );

describe("commands", () => {
  it("are run by argument list, never by a shell's text", () => {
    const files = readRepositoryFiles(/^(?!tests\/meta\/).*\.(ts|tsx|mjs|cjs|go)$/);
    expect(files.length).toBeGreaterThan(300);
    expect(shellStrings(files)).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([
    'import { exec } from "node:child_process";',
    'import { spawn, execSync } from "child_process";',
    'require("child_process").exec("ls " + name)',
    "spawn(name, args, { shell: true })",
    'spawn(name, args, { shell: "/bin/bash" })',
    'spawn("sh", ["-c", text])',
    'execFileSync("/bin/bash", ["-lc", text])',
    'exec.Command("sh", "-c", text)',
    '{ Cmd: ["sh", "-c", text] }',
  ])("finds %j", (text) => {
    expect(shellStrings([{ path: "a.ts", text }])).toHaveLength(1);
  });

  it.each([
    'import { execFile, execFileSync, spawn } from "node:child_process";',
    "/a(b)/.exec(text)",
    "spawn(name, args, { shell: false })",
  ])("leaves %j alone", (text) => {
    expect(shellStrings([{ path: "a.ts", text }])).toEqual([]);
  });
});
