import { describe, expect, it } from "vitest";
import { refuseUnjail, type UnjailFacts } from "./unjail-rule";

const OVER: UnjailFacts = {
  isJailed: true,
  isTombstoned: false,
  jailedUntil: "2026-05-01T12:00:00Z",
  chainNow: new Date("2026-05-01T12:00:00Z"),
  selfDelegationBaseUnits: 10n,
  minSelfDelegationBaseUnits: 10n,
  node: { state: "synced", lastSeenAt: null },
};
const codeOf = (change: Partial<UnjailFacts>) => refuseUnjail({ ...OVER, ...change }, String)?.code ?? null;

describe("releasing a validator", () => {
  it.each<[string, Partial<UnjailFacts>, string | null]>([
    ["all is well, at the very end of jail", {}, null],
    ["its node runs elsewhere", { node: null }, null],
    ["the chain keeps no record of it", { jailedUntil: null }, null],
    ["it is not jailed", { isJailed: false }, "staking.not_jailed"],
    [
      "it is tombstoned, whatever else holds",
      { isTombstoned: true, node: { state: "stopped", lastSeenAt: null } },
      "staking.tombstoned",
    ],
    ["jail lasts half a second more", { jailedUntil: "2026-05-01T12:00:00.5Z" }, "staking.jail_not_over"],
    ["its own stake is one unit short", { selfDelegationBaseUnits: 9n }, "staking.self_delegation_below_minimum"],
    ...(["stopped", "behind", "down", "at_work", "unknown"] as const).map(
      (state): [string, Partial<UnjailFacts>, string] => [
        `its node is ${state}`,
        { node: { state, lastSeenAt: null } },
        "staking.node_not_in_sync",
      ],
    ),
  ])("when %s", (_, change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  it("says when a node that nobody hears was last heard of", () => {
    const lastSeenAt = "2026-05-01T11:00:00.000Z";
    const refusal = refuseUnjail({ ...OVER, node: { state: "unknown", lastSeenAt } }, String);
    expect(refusal?.message).toContain(
      `not been heard of lately, so that nobody knows whether it is in sync (last heard of on 1 May 2026, 11:00:00 UTC)`,
    );
  });

  it("says how long jail lasts, counted from the chain's last block", () => {
    const refusal = refuseUnjail({ ...OVER, jailedUntil: "2026-05-01T12:01:30Z" }, String);
    expect(refusal?.details).toEqual({ jailedUntil: "2026-05-01T12:01:30Z", secondsLeft: 90 });
  });
});
