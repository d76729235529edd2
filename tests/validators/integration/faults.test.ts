import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { outboxEvents } from "@/db/schema/system";
import { validatorSetupRequests } from "@/db/schema/validators";
import { countSlots } from "@/server/domains/regions";
import { cancelSetupRequest, getSetupRequest, listSetupEvents, retrySetupRequest } from "@/server/domains/validators";
import { setupRequested } from "@/server/domains/validators/events";
import { uuidv7 } from "@/server/kernel/ids";
import { eventually } from "@/tests/support/eventually";
import { writeFakeChain } from "@/tests/support/validators/fake-chains";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";

let stage: KillStage;
beforeAll(async () => {
  stage = await createKillStage();
});
afterAll(() => stage?.close());
afterEach(() => stage.fakes.docker.clearFaults());

const host = () => stage.fakes.docker.state();
const viewOf = async ({ person, setupRequestId }: StagedSetup) =>
  (await getSetupRequest(await person.ctx(), { setupRequestId })).setupRequest;

/** Everything that the host holds for these requests. */
async function onHost(setups: readonly StagedSetup[]) {
  const volumeIds = (await stage.volumeRows(setups)).map((row) => row.id);
  const state = host();
  return {
    volumes: volumeIds.filter((id) => id in state.volumes),
    nodes: Object.values(state.nodes).filter((node) => volumeIds.includes(node.volumeId)),
  };
}

async function expectSlotsCounted() {
  for (const region of await countSlots(await stage.runtime.ctx(), {})) {
    expect(region.held, region.code).toBe(region.counted);
  }
}

async function expectNothingLeft(setups: readonly StagedSetup[]) {
  await eventually("everything is given back", async () =>
    (await stage.setupRows(setups)).every((row) => row.releasedAt !== null),
  );
  await eventually("nothing is on the host", async () => {
    const { volumes, nodes } = await onHost(setups);
    return volumes.length + nodes.length === 0;
  });
  expect((await stage.nodeRows(setups)).filter((row) => row.status !== "terminated")).toEqual([]);
  await expectSlotsCounted();
}

describe("a crash after the host did it and before we knew", () => {
  it.each(["ensureVolume", "initialise", "start"] as const)(
    "finds what %s made and goes on with it",
    async (method) => {
      const before = host().effects[method] ?? 0;
      stage.fakes.docker.inject({ method, when: "after", action: "kill" });
      const [setup] = await stage.createSetups(1);
      if (!setup) throw new Error("no setup");
      await stage.web.untilGone();
      expect(host().effects[method]).toBe(before + 1);
      await stage.web.restart();
      await stage.untilStatus([setup], "ready_for_chain_tx");
      expect(host().effects[method]).toBe(before + 1);
      const { volumes, nodes } = await onHost([setup]);
      expect([volumes.length, nodes.length]).toEqual([1, 1]);
      expect((await viewOf(setup)).consensusPubkey).toBe(host().volumes[volumes[0] ?? ""]?.consensusPubkeyBase64);
      await expectSlotsCounted();
    },
  );
});

describe("the created event", () => {
  it.each([
    ["with fifty ids", () => uuidv7()],
    [
      "with one id",
      (
        (id) => () =>
          id
      )(uuidv7()),
    ],
  ])("delivered fifty times at once %s makes one node", async (_, idOf) => {
    const before = host().effects;
    const [setup] = await stage.createSetups(1);
    if (!setup) throw new Error("no setup");
    const data = {
      setupRequestId: setup.setupRequestId,
      organizationId: setup.person.organizationId,
      generation: 1,
    };
    await stage.sendEvents(Array.from({ length: 50 }, () => ({ id: idOf(), name: setupRequested.name, data })));
    await stage.untilStatus([setup], "ready_for_chain_tx");
    await stage.untilNoRuns();
    const after = host().effects;
    for (const method of ["ensureVolume", "initialise", "start"] as const) {
      expect((after[method] ?? 0) - (before[method] ?? 0), method).toBe(1);
    }
    expect(await viewOf(setup)).toMatchObject({ status: "ready_for_chain_tx", errorCode: null, progressPercent: 100 });
    const events = await listSetupEvents(await setup.person.ctx(), {
      setupRequestId: setup.setupRequestId,
      after: 0,
      limit: 500,
    });
    expect(events.filter((line) => line.type === "failed")).toEqual([]);
    await expectSlotsCounted();
  });
});

describe("cancelling while a step is under way", () => {
  it.each([
    ["ensureVolume", "after"],
    ["initialise", "before"],
    ["start", "before"],
    ["start", "after"],
  ] as const)("lets the step (%s, %s its effect) end, then removes everything", async (method, when) => {
    stage.fakes.docker.inject({ method, when, action: "hang" });
    const [setup] = await stage.createSetups(1);
    if (!setup) throw new Error("no setup");
    await stage.fakes.docker.waitForHang(`${method}:${when}`, AbortSignal.timeout(30_000));
    await cancelSetupRequest(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
    expect(await viewOf(setup)).toMatchObject({ status: "cancelled", canCancel: false, canRetry: false });
    stage.fakes.docker.releaseHang(`${method}:${when}`);
    await expectNothingLeft([setup]);
    await stage.untilNoRuns();
    await expectNothingLeft([setup]);
    expect((await viewOf(setup)).status).toBe("cancelled");
  });
});

describe("the job engine", () => {
  it("that is down while requests are made takes them up when it is back, each once", async () => {
    const before = host().effects;
    await stage.engine.kill();
    const setups = await stage.createSetups(3);
    await eventually("sending was tried in vain", async () => {
      const waiting = await stage.runtime.db
        .select()
        .from(outboxEvents)
        .where(eq(outboxEvents.name, setupRequested.name));
      const unsent = waiting.filter((row) => row.sentAt === null);
      // While the engine takes nothing, the relay asks it for the oldest one alone.
      return unsent.length === setups.length && unsent.some((row) => row.attempts > 1);
    });
    expect((await stage.setupRows(setups)).map((row) => row.status)).toEqual(["pending", "pending", "pending"]);
    await stage.engine.restart();
    await stage.untilStatus(setups, "ready_for_chain_tx");
    expect((host().effects.initialise ?? 0) - (before.initialise ?? 0)).toBe(3);
    await expectSlotsCounted();
  });
});

describe("a step that always throws", () => {
  it("fails its request once, with a sentence, while others go on; what it held is given back", async () => {
    await stage.engine.kill();
    const [poisoned, ...others] = await stage.createSetups(4);
    if (!poisoned) throw new Error("no setup");
    // A size that no code of ours knows: placement throws what nobody foresaw.
    await stage.runtime.db
      .update(validatorSetupRequests)
      .set({ tierCode: "gone" })
      .where(eq(validatorSetupRequests.id, poisoned.setupRequestId));
    await stage.engine.restart();
    await stage.untilStatus(others, "ready_for_chain_tx");
    await stage.untilStatus([poisoned], "failed");
    expect(await viewOf(poisoned)).toMatchObject({
      errorCode: "kernel.unexpected",
      errorMessage: expect.stringContaining("not foreseen"),
      currentStep: "place",
    });
    await expectNothingLeft([poisoned]);
    expect(await viewOf(poisoned)).toMatchObject({ canRetry: true, isCleaningUp: false });
    await stage.untilNoRuns();
    const events = await listSetupEvents(await poisoned.person.ctx(), {
      setupRequestId: poisoned.setupRequestId,
      after: 0,
      limit: 500,
    });
    expect(events.filter((line) => line.type === "failed")).toHaveLength(1);
  });
});

describe("a node whose clock is wrong", () => {
  it.each([
    ["ten minutes ahead", 600_000, "600 seconds ahead of"],
    ["ten minutes behind", -600_000, "600 seconds behind"],
  ])("%s does not join; the person is told and everything is given back", async (_, clockSkewMs, words) => {
    writeFakeChain(stage.fakes.chainFile, { clockSkewMs });
    const [setup] = await stage.createSetups(1);
    if (!setup) throw new Error("no setup");
    await stage.untilStatus([setup], "failed");
    writeFakeChain(stage.fakes.chainFile, { clockSkewMs: 0 });
    const view = await viewOf(setup);
    expect(view).toMatchObject({ errorCode: "validators.clock_skewed", currentStep: "ready" });
    expect(view.errorMessage?.replace(/(599|60[01]) seconds/, "600 seconds")).toContain(words);
    await expectNothingLeft([setup]);
  });
});

describe("a host whose disk is full", () => {
  it.each(["ensureVolume", "initialise", "start"] as const)(
    "at %s fails the request with that reason and leaves no half a validator; retrying works once there is room",
    async (method) => {
      // The steps before have their place; from this one on there is none.
      stage.fakes.docker.inject({ method, when: "before", action: "hang" });
      const [setup] = await stage.createSetups(1, { runtime: "docker" });
      if (!setup) throw new Error("no setup");
      await stage.fakes.docker.waitForHang(`${method}:before`, AbortSignal.timeout(30_000));
      stage.fakes.docker.setFull(true);
      stage.fakes.docker.releaseHang(`${method}:before`);
      await stage.untilStatus([setup], "failed");
      expect(await viewOf(setup)).toMatchObject({
        errorMessage: expect.stringContaining("disk is full"),
        chainTxHash: null,
      });
      await expectNothingLeft([setup]);

      stage.fakes.docker.setFull(false);
      await retrySetupRequest(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
      await stage.untilStatus([setup], "ready_for_chain_tx");
      const { volumes, nodes } = await onHost([setup]);
      expect([volumes.length, nodes.length]).toEqual([1, 1]);
    },
  );
});

describe("a host that is down", () => {
  it("fails the request with a sentence; retrying works once it is back", async () => {
    stage.fakes.docker.setDown(true);
    const [setup] = await stage.createSetups(1, { runtime: "docker" });
    if (!setup) throw new Error("no setup");
    const ref = { setupRequestId: setup.setupRequestId };
    await stage.untilStatus([setup], "failed");
    expect(await viewOf(setup)).toMatchObject({ errorCode: "runtime_unavailable", retryCount: 0 });
    await expectNothingLeft([setup]);
    expect(await viewOf(setup)).toMatchObject({ canRetry: true, isCleaningUp: false });

    stage.fakes.docker.setDown(false);
    await retrySetupRequest(await setup.person.ctx(), ref);
    await stage.untilStatus([setup], "ready_for_chain_tx");
    const { volumes, nodes } = await onHost([setup]);
    expect([volumes.length, nodes.length]).toEqual([1, 1]);
    expect(await viewOf(setup)).toMatchObject({ retryCount: 1, generation: 2, errorCode: null, errorMessage: null });
  });

  it("fails a request that had begun there, which can be tried again as soon as the host is back and cleaned", async () => {
    stage.fakes.docker.inject({ method: "initialise", when: "before", action: "hang" });
    const [setup] = await stage.createSetups(1, { runtime: "docker" });
    if (!setup) throw new Error("no setup");
    const ref = { setupRequestId: setup.setupRequestId };
    await stage.fakes.docker.waitForHang("initialise:before", AbortSignal.timeout(30_000));
    stage.fakes.docker.setDown(true);
    stage.fakes.docker.releaseHang("initialise:before");
    await stage.untilStatus([setup], "failed");
    expect(await viewOf(setup)).toMatchObject({
      errorCode: "runtime_unavailable",
      currentStep: "node",
      canRetry: false,
      isCleaningUp: true,
    });
    await expect(retrySetupRequest(await setup.person.ctx(), ref)).rejects.toMatchObject({
      code: "validators.still_cleaning_up",
    });
    stage.fakes.docker.clearFaults();
    await expectNothingLeft([setup]);
    await retrySetupRequest(await setup.person.ctx(), ref);
    await stage.untilStatus([setup], "ready_for_chain_tx");
  });

  it("may be tried again three times; then the request is over", async () => {
    const [setup] = await stage.createSetups(1);
    if (!setup) throw new Error("no setup");
    const ref = { setupRequestId: setup.setupRequestId };
    await stage.untilStatus([setup], "ready_for_chain_tx");
    const failAgain = () =>
      stage.runtime.db
        .update(validatorSetupRequests)
        .set({ status: "failed", retryCount: 3, releasedAt: new Date() })
        .where(eq(validatorSetupRequests.id, setup.setupRequestId));
    await failAgain();
    expect(await viewOf(setup)).toMatchObject({ status: "failed", canRetry: false });
    await expect(retrySetupRequest(await setup.person.ctx(), ref)).rejects.toMatchObject({
      kind: "invalid_state",
      code: "validators.retries_used_up",
    });
  });
});
