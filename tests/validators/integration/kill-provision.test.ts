import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countSlots } from "@/server/domains/regions";
import { PROVISION_STEPS, SETUP_CONCURRENCY } from "@/server/domains/validators/constants";
import { pointsOf, VICTIMS } from "@/tests/support/validators/kill-plan";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";

const POINTS = pointsOf(
  "validators.provision",
  PROVISION_STEPS.map((step) => step.id),
);

let stage: KillStage;
beforeAll(async () => {
  stage = await createKillStage();
});
afterAll(() => stage?.close());

/** What there must be exactly one of for each request, in our rows and on the host. */
async function expectExactlyOneOfEach(setups: readonly StagedSetup[]) {
  const [requests, nodes, volumes] = await Promise.all([
    stage.setupRows(setups),
    stage.nodeRows(setups),
    stage.volumeRows(setups),
  ]);
  const host = stage.fakes.docker.state();
  expect(nodes.map((node) => node.setupRequestId)).toEqual(requests.map((request) => request.id));
  expect(volumes.map((volume) => volume.setupRequestId)).toEqual(requests.map((request) => request.id));
  for (const [index, request] of requests.entries()) {
    const volume = volumes[index];
    const onHost = Object.entries(host.nodes).filter(([, node]) => node.volumeId === volume?.id);
    expect(onHost.map(([nodeId, node]) => [nodeId, node.state])).toEqual([[nodes[index]?.id, "running"]]);
    expect(request).toMatchObject({
      status: "ready_for_chain_tx",
      progressPercent: 100,
      errorCode: null,
      generation: 1,
      consensusPubkey: host.volumes[volume?.id ?? ""]?.consensusPubkeyBase64,
    });
    expect(nodes[index]).toMatchObject({ status: "synced", operation: null, desiredState: "running" });
  }
}

describe.each(VICTIMS)("killing the %s", (victim) => {
  it("before and after each step of provisioning leaves each request ready, with one node, one volume, one key, one slot", async () => {
    const before = stage.fakes.docker.state().effects;
    const kills = stage.plan.kills();
    const killed = stage.killAt(victim, POINTS, SETUP_CONCURRENCY);
    const setups = await stage.createSetups(SETUP_CONCURRENCY);
    await killed;
    await stage.untilStatus(setups, "ready_for_chain_tx");
    expect(stage.plan.kills() - kills).toBeGreaterThanOrEqual(Math.ceil(POINTS.length / SETUP_CONCURRENCY));

    await expectExactlyOneOfEach(setups);
    await stage.untilWatched();
    expect(await stage.watcherRecords()).toMatchObject({ holes: [], gaps: 0 });
    const after = stage.fakes.docker.state().effects;
    for (const method of ["ensureVolume", "initialise", "start"] as const) {
      expect((after[method] ?? 0) - (before[method] ?? 0), method).toBe(setups.length);
    }
    expect(after.remove ?? 0).toBe(0);
    const slots = await countSlots(await stage.runtime.ctx(), {});
    for (const region of slots) expect(region.held, region.code).toBe(region.counted);
    expect(slots.find(({ code }) => code === "us-east")?.held).toBe(
      Object.keys(stage.fakes.docker.state().nodes).length,
    );
  });
});

it("no step of provisioning runs that the registry does not list", async () => {
  expect(await stage.stepsRun("validators.provision")).toEqual(PROVISION_STEPS.map((step) => step.id).sort());
});
