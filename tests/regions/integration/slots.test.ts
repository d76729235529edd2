import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { countSlots, getRegion, holdSlot, releaseSlot, seedRegions, updateRegion } from "@/server/domains/regions";
import { isAppError } from "@/server/kernel/errors";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const REGION = "us-east";
const SLOTS = 10;

let runtime: TestRuntime;
let person: SignedInPerson;
beforeEach(async () => {
  await runtime?.close();
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
  await update({ maxValidators: SLOTS });
  person = await createPerson(runtime);
});
afterAll(() => runtime.close());

const update = async (change: {
  maxValidators?: number;
  isAcceptingNew?: boolean;
  status?: "active" | "maintenance";
}) => updateRegion(await runtime.ctx(), { regionCode: REGION, ...change });
const holderOf = (id: string) => ({ kind: "setupRequest", id });
const hold = async (id: string) => holdSlot(await person.ctx(), { regionCode: REGION, holder: holderOf(id) });
const release = async (id: string) => releaseSlot(await person.ctx(), { holder: holderOf(id) });
const holders = (count: number) => Array.from({ length: count }, (_, index) => `val_${index}`);

/** What each of many at once got: `held`, or the code of the refusal. */
async function atOnce(acts: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const results = await Promise.allSettled(acts);
  const words = results.map((result) => {
    if (result.status === "fulfilled") return "done";
    if (isAppError(result.reason)) return result.reason.code;
    throw result.reason;
  });
  return Object.fromEntries([...new Set(words)].map((word) => [word, words.filter((other) => other === word).length]));
}

async function expectTaken(count: number) {
  const slots = (await countSlots(await runtime.ctx(), {})).find(({ code }) => code === REGION);
  expect(slots).toMatchObject({ counted: count, held: count });
  const region = await getRegion(await runtime.ctx(), { regionCode: REGION });
  expect(region.slotsFree).toBe(region.maxValidators - count);
}

describe("a region with ten slots", () => {
  it("gives ten of fifty at once a slot and tells forty that it is full", async () => {
    expect(await atOnce(holders(50).map(hold))).toEqual({ done: SLOTS, region_full: 40 });
    await expectTaken(SLOTS);
  });

  it("gives the last slot to one of two", async () => {
    await Promise.all(holders(SLOTS - 1).map(hold));
    expect(await atOnce([hold("val_a"), hold("val_b")])).toEqual({ done: 1, region_full: 1 });
    await expectTaken(SLOTS);
  });

  it("counts a holder once, however often and at once it asks", async () => {
    expect(await atOnce(Array.from({ length: 20 }, () => hold("val_same")))).toEqual({ done: 20 });
    await expectTaken(1);
  });

  it("keeps count while some give back and others take, and never lends more than it has", async () => {
    await Promise.all(holders(SLOTS).map(hold));
    const results = await atOnce([
      ...holders(SLOTS).map(release),
      ...holders(SLOTS).map(release),
      ...Array.from({ length: 30 }, (_, index) => hold(`val_new_${index}`)),
    ]);
    const taken = (results.done ?? 0) - 2 * SLOTS;
    expect(taken + (results.region_full ?? 0)).toBe(30);
    await expectTaken(taken);
    expect(taken).toBeLessThanOrEqual(SLOTS);
  });

  it("says each time whether something was given back", async () => {
    await hold("val_a");
    const answers = await Promise.all(Array.from({ length: 5 }, () => release("val_a")));
    expect(answers.filter(({ wasHeld }) => wasHeld)).toHaveLength(1);
    await expectTaken(0);
  });
});

describe("an operator", () => {
  it.each([
    ["closes it", { isAcceptingNew: false } as const],
    ["sets it to maintenance", { status: "maintenance" } as const],
  ])("who %s lets nobody new in; who is there stays and can leave", async (_, change) => {
    await hold("val_there");
    await update(change);
    await expect(hold("val_new")).rejects.toMatchObject({ kind: "conflict", code: "regions.closed" });
    expect(await hold("val_there")).toMatchObject({ isNew: false });
    expect(await release("val_there")).toEqual({ wasHeld: true });
    await expectTaken(0);
  });

  it("cannot make it smaller than what is taken, also while the last slots are being taken", async () => {
    await Promise.all(holders(4).map(hold));
    await expect(update({ maxValidators: 3 })).rejects.toMatchObject({ code: "regions.slots_below_taken" });
    await update({ maxValidators: 4 });
    await expect(hold("val_new")).rejects.toMatchObject({ code: "region_full" });

    await update({ maxValidators: SLOTS });
    const results = await atOnce([
      ...Array.from({ length: 6 }, (_, index) => hold(`val_race_${index}`)),
      update({ maxValidators: 6 }),
    ]);
    const region = await getRegion(await runtime.ctx(), { regionCode: REGION });
    expect(region.activeValidators).toBeLessThanOrEqual(region.maxValidators);
    expect(
      Object.keys(results).filter((word) => !["done", "region_full", "regions.slots_below_taken"].includes(word)),
    ).toEqual([]);
    await expectTaken(region.activeValidators);
  });

  it("is told of a region that does not exist", async () => {
    await expect(
      holdSlot(await person.ctx(), { regionCode: "nowhere", holder: holderOf("val_a") }),
    ).rejects.toMatchObject({
      kind: "not_found",
      code: "regions.not_found",
    });
  });
});
