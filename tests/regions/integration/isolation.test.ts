import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countSlots, getServer, holdSlot, listServers, releaseSlot, seedRegions } from "@/server/domains/regions";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { idsOf } from "../../support/factories/regions";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const REGION = "us-east";
const HOLDER = { kind: "setupRequest", id: "val_owner" };

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  await holdSlot(await owner.ctx(), { regionCode: REGION, holder: HOLDER });
});
afterAll(() => runtime.close());

const slotsOf = async () => (await countSlots(await runtime.ctx(), {})).find(({ code }) => code === REGION);

describe("another organisation's slot", () => {
  it("cannot be held a second time under its holder's id", async () => {
    const hold = holdSlot(await stranger.ctx(), { regionCode: REGION, holder: HOLDER });
    await expect(hold).rejects.toMatchObject({ kind: "not_found", code: "regions.holder_not_found" });
    expect(await slotsOf()).toMatchObject({ counted: 1, held: 1 });
  });

  it("is not given back by somebody else, and the answer is the same as where there is none", async () => {
    const ofOther = await releaseSlot(await stranger.ctx(), { holder: HOLDER });
    const ofNobody = await releaseSlot(await stranger.ctx(), { holder: { ...HOLDER, id: "val_nobody" } });
    expect(ofOther).toEqual(ofNobody);
    expect(await slotsOf()).toMatchObject({ counted: 1, held: 1 });
  });

  it("is its owner's to give back", async () => {
    expect(await releaseSlot(await owner.ctx(), { holder: HOLDER })).toEqual({ wasHeld: true });
    expect(await slotsOf()).toMatchObject({ counted: 0, held: 0 });
  });

  it("is counted by operators alone", async () => {
    await expect(countSlots(await owner.ctx(), {})).rejects.toMatchObject({ code: "auth.scope_missing" });
  });
});

it("servers are operators' alone: no organisation reads one, whatever its role there", async () => {
  const { server: serverId = "" } = await idsOf(owner);
  await expect(getServer(await owner.ctx(), { serverId })).rejects.toMatchObject({ code: "auth.scope_missing" });
  await expect(listServers(await owner.ctx(), {})).rejects.toMatchObject({ code: "auth.scope_missing" });
  expect((await getServer(await runtime.ctx(), { serverId })).id).toBe(serverId);
});
