import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countSlots } from "@/server/domains/regions";
import { cancelSetupRequest } from "@/server/domains/validators";
import { RELEASE_STEPS } from "@/server/domains/validators/constants";
import { eventually } from "@/tests/support/eventually";
import { pointsOf, VICTIMS } from "@/tests/support/validators/kill-plan";
import { createKillStage, type KillStage } from "@/tests/support/validators/kill-stage";

const SETUPS = 4;
const POINTS = pointsOf(
  "validators.release",
  RELEASE_STEPS.map((step) => step.id),
);

let stage: KillStage;
beforeAll(async () => {
  stage = await createKillStage();
});
afterAll(() => stage?.close());

describe.each(VICTIMS)("killing the %s", (victim) => {
  it("before and after each step of giving back leaves nothing on the host, no slot held, and the requests cancelled", async () => {
    const setups = await stage.createSetups(SETUPS);
    await stage.untilStatus(setups, "ready_for_chain_tx");
    expect(Object.keys(stage.fakes.docker.state().volumes)).toHaveLength(SETUPS);

    const killed = stage.killAt(victim, POINTS, SETUPS);
    for (const { person, setupRequestId } of setups) await cancelSetupRequest(await person.ctx(), { setupRequestId });
    await killed;
    await eventually("everything is given back", async () =>
      (await stage.setupRows(setups)).every((row) => row.releasedAt !== null),
    );
    await stage.untilWatched();
    expect(await stage.watcherRecords()).toMatchObject({ holes: [], gaps: 0 });

    expect((await stage.setupRows(setups)).map((row) => row.status)).toEqual(setups.map(() => "cancelled"));
    expect((await stage.nodeRows(setups)).map((row) => [row.status, row.operation])).toEqual(
      setups.map(() => ["terminated", null]),
    );
    expect((await stage.volumeRows(setups)).filter((row) => row.removedAt === null)).toEqual([]);
    const host = stage.fakes.docker.state();
    expect([Object.keys(host.nodes), Object.keys(host.volumes)]).toEqual([[], []]);
    for (const region of await countSlots(await stage.runtime.ctx(), {})) {
      expect(region, region.code).toMatchObject({ counted: 0, held: 0 });
    }
  });
});

it("no step of giving back runs that the registry does not list", async () => {
  expect(await stage.stepsRun("validators.release")).toEqual(RELEASE_STEPS.map((step) => step.id).sort());
});
