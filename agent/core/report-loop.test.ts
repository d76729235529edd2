import { expect, it } from "vitest";
import { ControlPlaneError } from "./control-plane";
import { pauseAfterFailures, runReports } from "./report-loop";

it.each([
  [1, 30],
  [2, 60],
  [3, 120],
  [10, 300],
])("after %i failures in a row waits about %i seconds", (failures, seconds) => {
  expect(pauseAfterFailures(failures, null, () => 0.5)).toBe(seconds * 1_000);
  expect(pauseAfterFailures(failures, null, () => 0)).toBe(seconds * 750);
});

it("waits as long as it is told, within reason", () => {
  expect(pauseAfterFailures(1, 12, () => 0.5)).toBe(12_000);
  expect(pauseAfterFailures(1, 100_000, () => 0.5)).toBe(300_000);
});

it("ends when the machine was revoked, and not for what passes", async () => {
  const codes = ["agents.revoked"];
  const results: boolean[] = [];
  const ended = await runReports({
    signal: new AbortController().signal,
    report: async () => {
      throw new ControlPlaneError("revoked", { code: "agents.revoked" });
    },
    onResult: ({ isTaken }) => results.push(isTaken),
    fatalCodes: codes,
  });
  expect([ended, results]).toEqual(["refused", [false]]);
});

it("ends with the signal, also in the middle of a pause", async () => {
  const stop = new AbortController();
  const running = runReports({
    signal: stop.signal,
    report: async () => ({ nextReportSeconds: 3_600 }),
    onResult: () => stop.abort(),
    fatalCodes: [],
  });
  expect(await running).toBe("stopped");
});
