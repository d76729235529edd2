import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lastWords } from "./last-words.mjs";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "omniphi-last-words-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said = (text: string, fromByte = 0) => {
  writeFileSync(join(folder, "posd.log"), text);
  return lastWords(join(folder, "posd.log"), fromByte);
};
const trace = Array.from({ length: 60 }, (_, index) => `\tmain.go:${index} +0x1`).join("\n");

describe("a node's last words", () => {
  it.each([
    "panic: treasury address not set",
    "fatal error: all goroutines are asleep",
    'ERR CONSENSUS FAILURE!!! err="treasury address not set" module=consensus',
  ])("begin with the cause that its trace has pushed away: %s", async (cause) => {
    const words = await said(`INF started\n${cause}\n${trace}\n`);
    expect(words.split("\n")[0]).toBe(cause);
    expect(words).toContain("main.go:59");
    expect(words).not.toContain("INF started");
  });

  it("are those of this run alone", async () => {
    const earlier = `panic: of yesterday\n${trace}\n`;
    const words = await said(`${earlier}INF stopped\n`, Buffer.byteLength(earlier));
    expect(words).toBe("INF stopped");
  });

  it("are cut where a line carries a whole trace", async () => {
    const words = await said(`ERR CONSENSUS FAILURE!!! stack="${"x".repeat(10_000)}"\n`);
    expect(words.length).toBeLessThan(500);
  });

  it("are nothing without a log", async () => {
    expect(await lastWords(join(folder, "none.log"), 0)).toBe("");
  });
});
