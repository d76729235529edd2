import { describe, expect, it } from "vitest";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import type { BulkAct } from "../constants";
import { priceOf } from "./price";

type Standing = Pick<ValidatorStanding, "state" | "misses" | "lastKnown">;
const signing = (left: number | null): Standing => ({
  state: "signing",
  misses: left === null ? null : { left, allowed: 150, windowBlocks: 300 },
  lastKnown: null,
});
const jailingOf = (act: BulkAct, standing: Standing, averageBlockMs: number | null = 1_000) =>
  priceOf(act, { standing, averageBlockMs })?.isJailing ?? null;

describe("what an act costs a validator", () => {
  it.each<[string, BulkAct, Standing, number | null, boolean | null]>([
    ["a stop ends in jail, however many misses are left", "stop", signing(28_497), 1_000, true],
    ["a stop of one of which nothing is counted", "stop", signing(null), 1_000, true],
    ["a start costs nothing", "start", signing(1), 1_000, null],
    ["a replacement costs a minute's blocks", "redeploy", signing(61), 1_000, false],
    ["a replacement that takes all that are left is jail", "redeploy", signing(60), 1_000, true],
    ["a replacement where the block time is not known", "redeploy", signing(60), null, true],
    ["a replacement where the misses are not known", "redeploy", signing(null), 1_000, true],
    ["one that is jailed misses nothing", "stop", { ...signing(60), state: "jailed" }, 1_000, null],
    [
      "one that was never on the chain misses nothing",
      "stop",
      { ...signing(60), state: "ready_for_chain_tx" },
      1_000,
      null,
    ],
    [
      "one that was signing when it was last looked at may sign still",
      "stop",
      { state: "unknown", misses: null, lastKnown: { state: "signing", at: "2026-01-01T00:00:00Z" } },
      1_000,
      true,
    ],
    [
      "one of which nothing was ever read may sign",
      "stop",
      { state: "unknown", misses: null, lastKnown: null },
      1_000,
      true,
    ],
    [
      "one that was jailed when it was last looked at misses nothing",
      "stop",
      { state: "unknown", misses: null, lastKnown: { state: "jailed", at: "2026-01-01T00:00:00Z" } },
      1_000,
      null,
    ],
  ])("%s", (_, act, standing, averageBlockMs, isJailing) => {
    expect(jailingOf(act, standing, averageBlockMs)).toBe(isJailing);
  });

  it("is said in misses and in time", () => {
    const price = priceOf("stop", { standing: signing(114), averageBlockMs: 1_000 });
    expect(price?.sentence.replaceAll(/[^\x20-\x7e]/g, " ")).toBe(
      "It misses every block and is jailed after 114 blocks, about 1 min 54 s.",
    );
  });
});
