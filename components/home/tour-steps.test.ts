import { describe, expect, it } from "vitest";
import { tourSteps } from "./tour-steps";

const done = (facts: Parameters<typeof tourSteps>[0]) =>
  tourSteps(facts)
    .filter(({ isDone }) => isDone)
    .map(({ id }) => id);

describe("the first-run tour", () => {
  it.each([
    ["a newcomer", [], false, ["wallet"]],
    ["a setup under way", [{ id: "val_1", status: "provisioning" }], false, ["wallet", "setup"]],
    ["a setup that failed", [{ id: "val_1", status: "failed" }], false, ["wallet"]],
    ["a validator", [{ id: "val_1", status: "active" }], false, ["wallet", "setup", "sign"]],
    ["a validator that signed", [{ id: "val_1", status: "active" }], true, ["wallet", "setup", "sign", "watch"]],
  ] as const)("takes what %s has done as done", (_, setups, hasSigned, ids) => {
    expect(done({ setups, hasSigned })).toEqual(ids);
  });

  it("leads to the setup that waits, and to nothing that is not there", () => {
    const hrefs = (setups: Parameters<typeof tourSteps>[0]["setups"]) =>
      tourSteps({ setups, hasSigned: false }).map(({ href }) => href);
    expect(hrefs([])).toEqual([null, "/validators/new", null, null]);
    expect(hrefs([{ id: "val_1", status: "ready_for_chain_tx" }])[2]).toBe("/validators/val_1/setup");
    expect(hrefs([{ id: "val_1", status: "active" }])[3]).toBe("/validators/val_1");
  });

  it("takes nothing for done while nothing has been read", () => {
    expect(done({ setups: undefined, hasSigned: false })).toEqual(["wallet"]);
  });
});
