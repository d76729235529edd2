import { describe, expect, it } from "vitest";
import { refuseUnjail, type UnjailFacts } from "./unjail-rule";

const OVER: UnjailFacts = {
  isJailed: true,
  isTombstoned: false,
  jailedUntil: "2026-05-01T12:00:00Z",
  chainNow: new Date("2026-05-01T12:00:00Z"),
  selfDelegationBaseUnits: 10n,
  minSelfDelegationBaseUnits: 10n,
  nodeStatus: "synced",
};
const codeOf = (change: Partial<UnjailFacts>) => refuseUnjail({ ...OVER, ...change }, String)?.code ?? null;

describe("releasing a validator", () => {
  it.each<[string, Partial<UnjailFacts>, string | null]>([
    ["all is well, at the very end of jail", {}, null],
    ["its node runs elsewhere", { nodeStatus: null }, null],
    ["the chain keeps no record of it", { jailedUntil: null }, null],
    ["it is not jailed", { isJailed: false }, "staking.not_jailed"],
    ["it is tombstoned, whatever else holds", { isTombstoned: true, nodeStatus: "stopped" }, "staking.tombstoned"],
    ["jail lasts half a second more", { jailedUntil: "2026-05-01T12:00:00.5Z" }, "staking.jail_not_over"],
    ["its own stake is one unit short", { selfDelegationBaseUnits: 9n }, "staking.self_delegation_below_minimum"],
    ["its node is stopped", { nodeStatus: "stopped" }, "staking.node_not_in_sync"],
    ["its node catches up", { nodeStatus: "syncing" }, "staking.node_not_in_sync"],
  ])("when %s", (_, change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  it("says how long jail lasts, counted from the chain's last block", () => {
    const refusal = refuseUnjail({ ...OVER, jailedUntil: "2026-05-01T12:01:30Z" }, String);
    expect(refusal?.details).toEqual({ jailedUntil: "2026-05-01T12:01:30Z", secondsLeft: 90 });
  });
});
