import { describe, expect, it } from "vitest";
import { followHealth } from "./follow-health";
import { newFollowMemory } from "./follow-memory";

const healthy = { ...newFollowMemory(), recordedAtMs: 100_000 };

describe("health of a followed chain", () => {
  it.each([
    ["blocks come", healthy, 101_000, "ok", null],
    ["nothing is recorded yet", newFollowMemory(), 101_000, "degraded", "Its first blocks are being read."],
    ["no block for long", healthy, 140_000, "degraded", "No new block for 40 s."],
    [
      "nobody answers",
      { ...healthy, trouble: { code: "chain.unavailable", reason: "No endpoint." } },
      101_000,
      "down",
      "No endpoint.",
    ],
    [
      "the history differs",
      { ...healthy, trouble: { code: "chain.history_mismatch", reason: "Another history." } },
      101_000,
      "degraded",
      "Another history.",
    ],
    ["facts are missing", { ...healthy, factsTrouble: "REST is away." }, 101_000, "degraded", "REST is away."],
  ] as const)("when %s", (_name, memory, nowMs, status, reason) => {
    expect(followHealth("omniphi-localnet-1", memory, nowMs)).toMatchObject({
      component: "watcher:omniphi-localnet-1",
      status,
      reason,
    });
  });
});
