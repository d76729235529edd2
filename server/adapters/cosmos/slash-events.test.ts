import { describe, expect, it } from "vitest";
import { slashesOf } from "./slash-events";

const event = (type: string, attributes: Record<string, string>) => ({
  type,
  attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
});
const downtime = {
  address: "omnivalcons1a",
  power: "1000",
  reason: "missing_signature",
  jailed: "omnivalcons1a",
  burned_coins: "100000",
};

describe("penalties in the results of a block", () => {
  it("are the slashing module's own words", () => {
    const events = [event("mint", { amount: "5" }), event("slash", downtime)];
    expect(slashesOf(events)).toEqual([
      { consensusAddress: "omnivalcons1a", amountBaseUnits: 100_000n, cause: "downtime" },
    ]);
    expect(slashesOf([event("slash", { ...downtime, reason: "double_sign" })])[0]?.cause).toBe("double_sign");
    expect(slashesOf([event("slash", { ...downtime, reason: "another" })])[0]?.cause).toBe("unknown");
  });

  it("are none where the event tells of jail alone, or of no amount", () => {
    expect(slashesOf([event("slash", { jailed: "omnivalcons1a" })])).toEqual([]);
    expect(slashesOf([event("slash", { ...downtime, burned_coins: "0" })])).toEqual([]);
    expect(slashesOf([event("slash", { ...downtime, burned_coins: "many" })])).toEqual([]);
  });
});
