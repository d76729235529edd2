import { describe, expect, it } from "vitest";
import { changesOfPlan, changesOfValidators } from "./chain-changes";

const validator = {
  operatorAddress: "omnivaloper1a",
  consensusPubkeyBase64: "key",
  status: "bonded" as const,
  jailed: false,
  tombstoned: false,
  consensusAddress: "omnivalcons1a",
  jailedUntil: null as Date | null,
  moniker: "Aurora",
  commissionRate: "0.1",
  profile: { identity: "", website: "https://a.example", securityContact: "", details: "" },
  tokensBaseUnits: 1_000_000_000n,
  delegatorShares: "1000000000" as string | null,
};
const AT = new Date("2026-01-01T12:00:00.000Z");
const LATER = new Date(AT.getTime() + 600_000);
const known = { ...validator, isRemoved: false, isWatched: false };
type Looks = Parameters<typeof changesOfValidators>;
const changes = (before: Looks[0], now: Looks[1]) => changesOfValidators(before, now, AT);
const kinds = (before: Looks[0], now: Looks[1]) => changes(before, now).map((one) => one.kind);

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

  it.each([
    ["downtime", {}, { jailedUntil: LATER }, "downtime"],
    ["an end that is the one of the jail before", { jailedUntil: AT }, { jailedUntil: AT }, "unknown"],
    ["a new end after an older one", { jailedUntil: AT }, { jailedUntil: LATER }, "downtime"],
    ["no end", {}, {}, "unknown"],
    ["a double sign", {}, { tombstoned: true, jailedUntil: LATER }, "double_sign"],
  ] as const)("names the cause of jail: %s", (_, before, now, cause) => {
    const [jailed] = changes([{ ...known, ...before }], [{ ...validator, jailed: true, ...now }]);
    expect(jailed).toMatchObject({ kind: "validator_jailed", details: { cause } });
  });

  it.each([
    ["a slash", { tokensBaseUnits: 999_900_000n }, "100000"],
    ["a slash beside a delegation", { tokensBaseUnits: 1_999_800_000n, delegatorShares: "2000000000" }, "200000"],
    ["a slash beside an undelegation", { tokensBaseUnits: 499_950_000n, delegatorShares: "500000000" }, "50000"],
    ["a delegation alone", { tokensBaseUnits: 2_000_000_000n, delegatorShares: "2000000000" }, undefined],
    ["what rounding leaves", { tokensBaseUnits: 999_999_999n }, undefined],
    ["everything taken out", { tokensBaseUnits: 0n, delegatorShares: "0" }, undefined],
    ["shares that were not read", { tokensBaseUnits: 1n, delegatorShares: null }, undefined],
  ] as const)("tells %s by what a share is worth", (_, now, amountBaseUnits) => {
    const slashed = changes([known], [{ ...validator, ...now }]).find(({ kind }) => kind === "validator_slashed");
    expect(slashed?.details.amountBaseUnits).toBe(amountBaseUnits);
  });

  it("tells the slashes that the blocks' results name, each with its height, and those alone", () => {
    const named = { consensusAddress: "omnivalcons1a", cause: "downtime" as const };
    const now = { ...validator, tokensBaseUnits: 999_800_000n };
    const all = changesOfValidators([known], [now], AT, [
      { ...named, amountBaseUnits: 100_000n, heightBlocks: 7n },
      { ...named, amountBaseUnits: 99_999n, heightBlocks: 9n },
      { ...named, consensusAddress: "omnivalcons1b", amountBaseUnits: 1n, heightBlocks: 9n },
    ]);
    expect(all.map(({ details }) => [details.amountBaseUnits, details.slashedAtHeightBlocks])).toEqual([
      ["100000", "7"],
      ["99999", "9"],
    ]);
  });

  it.each([
    ["in", { tokensBaseUnits: 1_500_000_000n, delegatorShares: "1500000000" }, "500000000"],
    ["out", { tokensBaseUnits: 400_000_000n, delegatorShares: "400000000" }, "-600000000"],
    ["in beside a slash", { tokensBaseUnits: 1_999_800_000n, delegatorShares: "2000000000" }, "1000000000"],
    ["by a slash alone", { tokensBaseUnits: 999_900_000n }, undefined],
  ] as const)("tells stake %s of a validator that is watched, and of no other", (_, now, changeBaseUnits) => {
    const change = (isWatched: boolean) =>
      changes([{ ...known, isWatched }], [{ ...validator, ...now }]).find(
        ({ kind }) => kind === "validator_stake_changed",
      );
    expect(change(true)?.details.changeBaseUnits).toBe(changeBaseUnits);
    expect(change(false)).toBeUndefined();
  });

  it("tells an edit with what was before, long texts by name, and the same rate in other digits not at all", () => {
    const edited = changes(
      [known],
      [{ ...validator, moniker: "Borealis", commissionRate: "0.11", profile: { ...validator.profile, website: "" } }],
    );
    expect(edited).toMatchObject([
      {
        kind: "validator_edited",
        details: {
          monikerFrom: "Aurora",
          monikerTo: "Borealis",
          commissionFrom: "0.1",
          commissionTo: "0.11",
          fields: "website",
        },
      },
    ]);
    expect(kinds([known], [{ ...validator, commissionRate: "0.100" }])).toEqual([]);
    expect(kinds([{ ...known, profile: null }], [validator])).toEqual([]);
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
