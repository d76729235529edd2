import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { installationClaims } from "@/db/schema/operations";
import { claimInstallation } from "@/server/domains/operations";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const hash = (letter: string) => letter.repeat(64);
const HERE = { machineHash: hash("a"), dataDirHash: hash("1"), isTakeOver: false };

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime?.close());
beforeEach(async () => {
  await runtime.db.delete(installationClaims);
});
const claim = async (place: { machineHash: string | null; dataDirHash: string; isTakeOver: boolean }) =>
  claimInstallation(await runtime.ctx(), place).then(
    ({ outcome }) => outcome,
    (thrown: { code: string }) => thrown.code,
  );

describe("where an installation runs", () => {
  it("is claimed once, and the same place may start again and again", async () => {
    expect(await claim(HERE)).toBe("first");
    expect(await claim(HERE)).toBe("same");
  });

  it("of two first starts at once one place wins", async () => {
    const outcomes = await Promise.all([claim(HERE), claim({ ...HERE, machineHash: hash("b") })]);
    expect(outcomes.toSorted()).toEqual(["first", "operations.installed_elsewhere"]);
  });

  it("is refused on another machine and from another data directory, and the claim stays", async () => {
    await claim(HERE);
    expect(await claim({ ...HERE, machineHash: hash("b") })).toBe("operations.installed_elsewhere");
    expect(await claim({ ...HERE, dataDirHash: hash("2") })).toBe("operations.installed_elsewhere");
    expect(await claim(HERE)).toBe("same");
  });

  it("is taken over when a person says that the other is gone, and the other is refused from then on", async () => {
    await claim(HERE);
    const there = { ...HERE, machineHash: hash("b"), isTakeOver: true };
    expect(await claim(there)).toBe("taken_over");
    expect(await claim({ ...there, isTakeOver: false })).toBe("same");
    expect(await claim(HERE)).toBe("operations.installed_elsewhere");
  });

  it("is held by the data directory alone while the machine tells no id, and by both once it does", async () => {
    expect(await claim({ ...HERE, machineHash: null })).toBe("first");
    expect(await claim({ ...HERE, machineHash: null, dataDirHash: hash("2") })).toBe("operations.installed_elsewhere");
    expect(await claim(HERE)).toBe("same");
    expect(await claim({ ...HERE, machineHash: hash("b") })).toBe("operations.installed_elsewhere");
  });
});
