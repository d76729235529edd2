import { describe, expect, it } from "vitest";
import { describeStepTiming, type StepTimes } from "./step-timing";

const NOW_MS = Date.parse("2026-01-10T12:00:00Z");
const ago = (ms: number) => new Date(NOW_MS - ms).toISOString();

describe("describeStepTiming", () => {
  it.each<[StepTimes, string]>([
    [{ state: "waiting" }, ""],
    [{ state: "waiting", usualMs: 90_000 }, "usually 1 min 30 s"],
    [{ state: "running", startedAt: ago(12_000), usualMs: 40_000 }, "12 s, usually 40 s"],
    [{ state: "running", startedAt: ago(12_000), attempt: 2, maxAttempts: 4 }, "12 s, try 2 of 4"],
    [{ state: "retrying", attempt: 2, maxAttempts: 4, nextTryAt: ago(-13_200) }, "try 2 of 4, next try in 14 s"],
    [{ state: "retrying", nextTryAt: ago(50) }, "next try now"],
    [{ state: "person", startedAt: ago(300_000) }, "waiting for 5 min"],
    [{ state: "done", startedAt: ago(20_000), endedAt: ago(17_500) }, "2.5 s"],
    [{ state: "done", startedAt: ago(20_000), endedAt: ago(8_000), attempt: 3 }, "12 s, on try 3"],
    [{ state: "failed", startedAt: ago(20_000), endedAt: ago(8_000), attempt: 4 }, "after 12 s, 4 tries"],
    [{ state: "cancelled", startedAt: ago(20_000), endedAt: ago(19_000) }, "after 1 s"],
  ])("%j reads %j", (step, expected) => {
    expect(describeStepTiming(step, NOW_MS).replace(/[\u202f\u00a0]/g, " ")).toBe(expected);
  });
});
