import { describe, expect, it } from "vitest";
import {
  checkAll,
  checkStep,
  FIRST_ANSWERS,
  firstOpenStep,
  stepsOf,
  toRequestFields,
  type WizardFacts,
} from "./wizard-answers";

const facts: WizardFacts = { minCommissionRate: "0.05", denomExponent: 6, displayDenom: "OMNI" };

describe("wizard answers", () => {
  it("turns percent and display amounts into what the chain counts in", () => {
    expect(toRequestFields({ ...FIRST_ANSWERS, commissionRate: "7.5", selfDelegation: "1.25" }, facts)).toMatchObject({
      commissionRate: "0.075",
      selfDelegation: "1250000",
    });
  });

  it("refuses what the chain would refuse, and names the field", () => {
    expect(checkStep("commission", { ...FIRST_ANSWERS, commissionRate: "4" }, facts)).toHaveProperty("commissionRate");
    expect(checkStep("commission", { ...FIRST_ANSWERS, commissionRate: "abc" }, facts)).toHaveProperty(
      "commissionRate",
    );
    expect(checkStep("commission", { ...FIRST_ANSWERS, minSelfDelegation: "11" }, facts)).toHaveProperty(
      "minSelfDelegation",
    );
    expect(checkStep("profile", { ...FIRST_ANSWERS, validatorName: "x".repeat(71) }, facts)).toHaveProperty(
      "validatorName",
    );
    expect(
      checkStep("profile", { ...FIRST_ANSWERS, validatorName: "ok name", website: "javascript:alert(1)" }, facts),
    ).toHaveProperty("website");
  });

  it("says what is wrong in the units that were typed", () => {
    for (const commissionRate of ["", "abc", "7,5", "101", "-1"]) {
      expect(checkStep("commission", { ...FIRST_ANSWERS, commissionRate }, facts)).toEqual({
        commissionRate: "From 0 to 100, such as 7.5.",
      });
    }
    for (const selfDelegation of ["", "0", "1e3", "-1", "0.0000001"]) {
      expect(checkStep("commission", { ...FIRST_ANSWERS, selfDelegation }, facts)).toEqual({
        selfDelegation: "More than 0 OMNI, such as 12.5, with at most 6 digits after the point.",
      });
    }
  });

  it("names what is wrong on every step at once, for a person who jumped over them", () => {
    expect(Object.keys(checkAll({ ...FIRST_ANSWERS, commissionRate: "4" }, facts)).sort()).toEqual([
      "commissionRate",
      "regionCode",
      "tierCode",
      "validatorName",
    ]);
  });

  it("opens the first step that is not done, and none when all is", () => {
    expect(firstOpenStep(FIRST_ANSWERS, facts)).toBe("profile");
    const done = { ...FIRST_ANSWERS, validatorName: "Lighthouse", regionCode: "us-east", tierCode: "small" };
    expect(firstOpenStep(done, facts)).toBeNull();
  });
});

describe("a machine of one's own", () => {
  it("takes no region and size, and nothing of them is asked for", () => {
    expect(stepsOf({ runMode: "local" })).toEqual(["mode", "profile", "commission", "review"]);
    expect(stepsOf({ runMode: "cloud" })).toContain("placement");
    const answers = { ...FIRST_ANSWERS, runMode: "local", validatorName: "At home" };
    expect(checkAll(answers, facts)).toEqual({});
    expect(Object.keys(checkAll({ ...answers, runMode: "cloud" }, facts))).toContain("regionCode");
    expect(checkStep("mode", { ...answers, runMode: "" }, facts)).toHaveProperty("runMode");
  });
});
