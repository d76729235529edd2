import { describe, expect, it } from "vitest";
import { describeMinutes } from "./minutes.mjs";

const MINUTE_MS = 60_000;
const check = (name: string, lane: string, minutes: number, files: Readonly<Record<string, number>> = {}) => ({
  name,
  lane,
  elapsedMs: minutes * MINUTE_MS,
  files: Object.entries(files).map(([path, fileMinutes]) => ({ path, elapsedMs: fileMinutes * MINUTE_MS })),
});
const describeRun = (checks: Parameters<typeof describeMinutes>[0], minutes = 10) =>
  describeMinutes(checks, { domains: ["chain", "validators"], totalMs: minutes * MINUTE_MS }).map((line) =>
    line.join(": "),
  );

describe("the minutes of a run", () => {
  it("are told by suite, lane and product, a suite's whole time shared out by its files", () => {
    const lines = describeRun([
      check("http", "P", 2, {
        "tests/chain/http/a.test.ts": 1,
        "tests/platform/http/b.test.ts": 2,
        "server/kernel/c.test.ts": 1,
      }),
      check("graph", "P", 0.1),
      check("contract", "R", 3, { "tests/validators/contract/d.real.test.ts": 1, "lib/chain/e.test.ts": 2 }),
    ]);
    expect(lines).toEqual([
      "minutes: http 2.0 (platform 1.0, chain 0.5, kernel 0.5)",
      "minutes: graph 0.1",
      "minutes: contract 3.0 (chain 2.0, validators 1.0)",
      "lane R: 3.0 minutes: contract",
      "lane P: 2.1 minutes: http, graph",
      "products: chain 2.5, platform 1.1, validators 1.0, kernel 0.5",
    ]);
  });

  it("name a suite over its budget with its slowest files, and the whole over its own", () => {
    const lines = describeRun(
      [check("http", "P", 40, { "tests/chain/http/a.test.ts": 1, "tests/chain/http/b.test.ts": 30 })],
      40,
    );
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(
        /^over budget: http took 40\.0 of [\d.]+ minutes; slowest: tests\/chain\/http\/b\.test\.ts 30\.0, tests\/chain\/http\/a\.test\.ts 1\.0$/,
      ),
      "over budget: everything took 40.0 of 25 minutes",
    ]);
  });

  it("say nothing of a suite within its budget, or without one", () => {
    expect(describeRun([check("http", "P", 0.1), check("no-budget", "P", 5)]).join()).not.toContain("over budget");
  });
});
