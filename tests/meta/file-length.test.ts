import { describe, expect, it } from "vitest";
import { readRepositoryFiles, type TextFile } from "./repository-files";

/** Beyond this a file is more than one thing. */
const MAX_LINES = 500;
const SOURCES = /\.(ts|tsx|mts|mjs|cjs|go|css|md)$/;

const tooLong = (files: readonly TextFile[]): string[] =>
  files
    .map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);

describe("files", () => {
  it(`written by hand have at most ${MAX_LINES} lines`, () => {
    const files = readRepositoryFiles(SOURCES);
    expect(files.length).toBeGreaterThan(300);
    expect(tooLong(files)).toEqual([]);
  });

  it.each([
    [MAX_LINES, []],
    [MAX_LINES + 1, [`a.ts has ${MAX_LINES + 1} lines`]],
  ])("of %i lines are judged right", (lines, expected) => {
    expect(tooLong([{ path: "a.ts", text: "x\n".repeat(lines) }])).toEqual(expected);
  });
});
