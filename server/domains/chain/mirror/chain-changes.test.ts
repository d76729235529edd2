import { describe, expect, it } from "vitest";
import { changesOfPlan, changesOfValidators } from "./chain-changes";

const validator = {
  operatorAddress: "omnivaloper1a",
  consensusPubkeyBase64: "key",
  status: "bonded" as const,
  jailed: false,
  tombstoned: false,
};
const known = { ...validator, isRemoved: false };
const kinds = (...looks: Parameters<typeof changesOfValidators>) =>
  changesOfValidators(...looks).map((one) => one.kind);

describe("changes between two looks at a chain", () => {
  it.each([
    ["nothing new", [known], [validator], []],
    ["a new one in the set", [], [validator], ["validator_created", "validator_bonded"]],
    ["a new one outside the set", [], [{ ...validator, status: "unbonded" as const }], ["validator_created"]],
    ["one that is gone", [known], [], ["validator_removed"]],
    ["one that was gone already", [{ ...known, isRemoved: true }], [], []],
    ["one that came back", [{ ...known, isRemoved: true }], [validator], ["validator_created", "validator_bonded"]],
    [
      "jail",
      [known],
      [{ ...validator, jailed: true, status: "unbonding" as const }],
      ["validator_left_set", "validator_jailed"],
    ],
    [
      "release",
      [{ ...known, jailed: true, status: "unbonding" as const }],
      [validator],
      ["validator_bonded", "validator_unjailed"],
    ],
    [
      "a double sign",
      [known],
      [{ ...validator, jailed: true, tombstoned: true, status: "unbonding" as const }],
      ["validator_left_set", "validator_jailed", "validator_tombstoned"],
    ],
  ])("tells %s", (_name, before, now, expected) => {
    expect(kinds(before, now)).toEqual(expected);
  });

  it("tells a plan once, a changed one as cleared and planned", () => {
    const plan = { name: "v2", heightBlocks: "100", info: "" };
    expect(changesOfPlan(null, plan).map((one) => one.kind)).toEqual(["upgrade_planned"]);
    expect(changesOfPlan(plan, { ...plan, info: "more" })).toEqual([]);
    expect(changesOfPlan(plan, { ...plan, heightBlocks: "200" }).map((one) => one.kind)).toEqual([
      "upgrade_cleared",
      "upgrade_planned",
    ]);
    expect(changesOfPlan(plan, null).map((one) => one.kind)).toEqual(["upgrade_cleared"]);
  });
});
