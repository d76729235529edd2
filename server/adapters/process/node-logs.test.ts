import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { nodePaths } from "./node-layout.mjs";
import { followNodeLog } from "./node-logs";

it("gives no line after the one at which its reader stopped, though many were read in one piece", async () => {
  const nodeDir = mkdtempSync(join(tmpdir(), "omniphi-node-logs-"));
  const line = (text: string) => `${JSON.stringify({ at: "2026-01-01T00:00:00Z", stream: "stdout", text })}\n`;
  const { log } = nodePaths(nodeDir);
  writeFileSync(log, line("one"));
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { text } of followNodeLog(nodeDir, 1, stop.signal)) {
    seen.push(text);
    if (seen.length === 1) {
      writeFileSync(log, Array.from({ length: 50 }, (_, index) => line(`more ${index}`)).join(""), { flag: "a" });
    }
    if (seen.length === 3) stop.abort();
  }
  expect(seen).toEqual(["one", "more 0", "more 1"]);
  rmSync(nodeDir, { recursive: true });
});
