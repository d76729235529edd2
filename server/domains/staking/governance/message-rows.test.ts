import { describe, expect, it } from "vitest";
import { messageRows } from "./message-rows";

describe("the fields of a proposal's message", () => {
  it("are told each with its path, whatever is nested, its own type left out", () => {
    const message = {
      "@type": "/cosmos.upgrade.v1beta1.MsgSoftwareUpgrade",
      authority: "omni1gov",
      plan: { name: "v2", height: "100", info: "", upgraded_client_state: null },
      coins: [{ denom: "omniphi", amount: "1" }],
      none: [],
    };
    expect(messageRows(JSON.stringify(message))).toEqual([
      { path: "authority", value: "omni1gov" },
      { path: "plan.name", value: "v2" },
      { path: "plan.height", value: "100" },
      { path: "plan.info", value: "empty" },
      { path: "plan.upgraded_client_state", value: "null" },
      { path: "coins[0].denom", value: "omniphi" },
      { path: "coins[0].amount", value: "1" },
      { path: "none", value: "none" },
    ]);
  });

  it("say where they are cut", () => {
    const rows = messageRows(JSON.stringify({ code: "a".repeat(5_000), many: Array.from({ length: 500 }, () => 1) }));
    expect(rows).toHaveLength(201);
    expect(rows[0]?.value).toMatch(/^a{2000}… \(5000 characters\)$/);
    expect(rows.at(-1)?.value).toMatch(/not shown/);
  });
});
