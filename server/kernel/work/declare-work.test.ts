import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../events";
import { defineWork } from "./declare-work";

const asked = defineEvent("fog/job.asked", z.strictObject({ jobId: z.string() }));
const look = (everyMs: number, forMinutes: number) =>
  defineWork()({
    id: "fog.run-job",
    on: [asked],
    subject: "jobId",
    words: [{ id: "watch", title: "Watch", sentence: "It is watched.", percentWhenDone: 100 }],
    steps: { watch: { look: { everyMs, forMinutes }, run: async () => ({}) } },
    concurrency: { oneAtATimeBy: "jobId" },
    tries: 3,
    stalled: { because: "a test" },
  });

describe("declared work", () => {
  it("may look as often as a run may have steps, a pause between two looks being one of them", () => {
    expect(look(5_000, 41).id).toBe("fog.run-job");
    expect(() => look(5_000, 42)).toThrow("a run of fog.run-job may have 1008 steps");
  });
});
