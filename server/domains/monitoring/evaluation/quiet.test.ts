import { describe, expect, it } from "vitest";
import { inhibitorOf, silenceOf } from "./quiet";

const alert = (
  id: string,
  rule: string,
  over: { status?: "pending" | "firing" | "acknowledged"; subjectId?: string; startedAt?: Date } = {},
) => ({
  id,
  rule,
  status: over.status ?? ("firing" as const),
  subjectId: over.subjectId ?? "val_1",
  networkId: "net_1",
  startedAt: over.startedAt ?? new Date(0),
});

const REGION = { subjectId: "reg_1" };

describe("what is kept quiet", () => {
  it.each([
    ["a warning under the critical rule of the same matter", alert("a", "behind"), alert("b", "far_behind"), "b"],
    [
      "a lag under a node that is down",
      alert("a", "far_behind"),
      alert("b", "node_down", { status: "acknowledged" }),
      "b",
    ],
    [
      "a lag under its chain's outage",
      alert("a", "far_behind"),
      alert("b", "chain_rpc_down", { subjectId: "net_1" }),
      "b",
    ],
    [
      "not by another chain's outage",
      alert("a", "far_behind"),
      alert("b", "chain_rpc_down", { subjectId: "net_2" }),
      null,
    ],
    ["not by another validator's", alert("a", "behind"), alert("b", "far_behind", { subjectId: "val_2" }), null],
    ["not by what may come to nothing", alert("a", "behind"), alert("b", "far_behind", { status: "pending" }), null],
    [
      "never a node that is down by an outage of the chain",
      alert("a", "node_down"),
      alert("b", "chain_rpc_down", { subjectId: "net_1" }),
      null,
    ],
    ["a node under the outage of its region", alert("a", "node_down"), alert("b", "region_outage", REGION), "b"],
    ["a lag under the outage of its region", alert("a", "behind"), alert("b", "region_outage", REGION), "b"],
    [
      "not a node that fails long after its region's outage began",
      alert("a", "node_down", { startedAt: new Date(16 * 60_000) }),
      alert("b", "region_outage", REGION),
      null,
    ],
    [
      "not by another region's outage",
      alert("a", "node_down"),
      alert("b", "region_outage", { subjectId: "reg_2" }),
      null,
    ],
    [
      "never what the chain says of a validator by an outage of its region",
      alert("a", "jailed"),
      alert("b", "region_outage", REGION),
      null,
    ],
  ] as const)("%s", (_, one, other, expected) => {
    expect(inhibitorOf(one, [one, other], "reg_1")).toBe(expected);
  });

  it("is what a silence names: a rule, a subject, both, or all", () => {
    const one = alert("a", "behind");
    const silence = (rule: string | null, subjectId: string | null) => [{ id: "s", rule, subjectId }];
    expect(silenceOf(one, silence(null, null))).toBe("s");
    expect(silenceOf(one, silence("behind", "val_1"))).toBe("s");
    expect(silenceOf(one, silence("node_down", null))).toBeNull();
    expect(silenceOf(one, silence(null, "val_2"))).toBeNull();
  });
});
