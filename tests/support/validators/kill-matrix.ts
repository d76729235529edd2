import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { work as chainWork } from "@/server/domains/chain/work";
import { sendTransaction } from "@/server/domains/chain/work/send-transaction";
import { countSlots } from "@/server/domains/regions";
import { cancelSetupRequest } from "@/server/domains/validators";
import { NODE_OPERATION_STEPS, type NodeOperation, SETUP_CONCURRENCY } from "@/server/domains/validators/constants";
import { work as validatorsWork } from "@/server/domains/validators/work";
import { noteChainNews } from "@/server/domains/validators/work/note-news";
import { operateNode } from "@/server/domains/validators/work/operate-node";
import { provision } from "@/server/domains/validators/work/provision";
import { release } from "@/server/domains/validators/work/release";
import { settleTransaction } from "@/server/domains/validators/work/settle-transaction";
import type { StepPoint } from "@/server/runtime/step-probe";
import { eventually } from "../eventually";
import { nameOfPoint, pointsOf, pointsOfWork, type Victim } from "./kill-plan";
import { createKillStage, type KillStage, type StagedSetup } from "./kill-stage";
import { OPERATE } from "./operate-node";
import { expectOneValidatorEach, expectPenaltiesTold, jail, signAll } from "./signed-setups";

/** Requests that are provisioned for each victim: some nodes then go through every operation, some are given back, some become validators. */
const OPERATED = 6;
const RELEASED = 4;
const SIGNED_UP = 4;
/** What the node signed before an operation. */
const SIGNED = JSON.stringify({ height: "50", round: 0, step: 3 });

type Requested = Exclude<NodeOperation, "provision">;
/** Redeploy goes through all of its steps; what is not among them is killed in the removal that ends the node. */
const killedIn = (step: (typeof NODE_OPERATION_STEPS)[number]): Requested => {
  const operations: readonly NodeOperation[] = step.operations;
  if (operations.includes("redeploy")) return "redeploy";
  if (operations.includes("terminate")) return "terminate";
  throw new Error(`no kill case goes through the step ${step.id}; add one for ${operations.join(", ")}`);
};
const OPERATIONS = ["redeploy", "terminate"] as const;
const operationPoints = (operation: Requested) =>
  pointsOf(
    operateNode.id,
    NODE_OPERATION_STEPS.filter((step) => killedIn(step) === operation).map((step) => step.id),
  );
const work = [...chainWork, ...validatorsWork];
/** Every point at which a process may die in declared work of these domains; a new step or a new work is among them by itself. */
const EVERY_POINT = work.flatMap(pointsOfWork).map(nameOfPoint).sort();

const END = {
  redeploy: { row: "synced", host: "running", starts: OPERATED, removals: OPERATED },
  terminate: { row: "terminated", host: undefined, starts: 0, removals: OPERATED },
} as const;

/** What there must be exactly one of for each request, in our rows and on the host. */
async function expectExactlyOneOfEach(stage: KillStage, setups: readonly StagedSetup[]) {
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

/** The region's count, the slots that are held and the host's nodes agree. */
async function expectSlotsHeld(stage: KillStage, count: number) {
  const slots = await countSlots(await stage.runtime.ctx(), {});
  for (const region of slots) expect(region.held, region.code).toBe(region.counted);
  expect(slots.find(({ code }) => code === "us-east")?.held).toBe(count);
}

/** Nothing of these is left, in our rows or on the host. */
async function expectGivenBack(stage: KillStage, setups: readonly StagedSetup[]) {
  expect((await stage.setupRows(setups)).map((row) => row.status)).toEqual(setups.map(() => "cancelled"));
  const nodes = await stage.nodeRows(setups);
  expect(nodes.map((row) => [row.status, row.operation])).toEqual(setups.map(() => ["terminated", null]));
  const volumes = await stage.volumeRows(setups);
  expect(volumes.filter((row) => row.removedAt === null)).toEqual([]);
  const host = stage.fakes.docker.state();
  expect(nodes.filter((row) => row.id in host.nodes)).toEqual([]);
  expect(volumes.filter((row) => row.id in host.volumes)).toEqual([]);
}

/** Cancels them as their people would, and waits until all is given back. */
async function giveBack(stage: KillStage, setups: readonly StagedSetup[]) {
  for (const { person, setupRequestId } of setups) await cancelSetupRequest(await person.ctx(), { setupRequestId });
  await eventually("everything is given back", async () =>
    (await stage.setupRows(setups)).every((row) => row.releasedAt !== null),
  );
}

/**
 * Kills each victim before and after every step of all declared work, on one boot of the product. For each, the same requests are provisioned,
 * given back or operated, so that a node's whole life is one that was struck.
 */
export function describeKills(victims: readonly Victim[]): void {
  let stage: KillStage;
  beforeAll(async () => {
    stage = await createKillStage();
  });
  afterAll(() => stage?.close());

  const expectWatched = async () => {
    await stage.untilWatched();
    expect(await stage.watcherRecords()).toMatchObject({ holes: [], gaps: 0 });
  };

  /** Validators that earlier victims left on the chain: their nodes stay. */
  let stays = 0;

  describe.each(victims)("killing the %s", (victim) => {
    let operated: StagedSetup[];
    let released: StagedSetup[];
    let signed: StagedSetup[];
    const struck: string[] = [];
    const killAt = async (points: readonly StepPoint[], width: number) => {
      await stage.killAt(victim, points, width);
      struck.push(...points.map(nameOfPoint));
    };

    it("before and after each step of provisioning leaves each request ready, with one node, one volume, one key, one slot", async () => {
      const before = stage.fakes.docker.state().effects;
      const kills = stage.plan.kills();
      const killed = killAt(pointsOfWork(provision), SETUP_CONCURRENCY);
      const setups = await stage.createSetups(OPERATED + RELEASED + SIGNED_UP);
      await killed;
      await stage.untilStatus(setups, "ready_for_chain_tx");
      [operated, released] = [setups.slice(0, OPERATED), setups.slice(OPERATED, OPERATED + RELEASED)];
      signed = setups.slice(OPERATED + RELEASED);
      stays += SIGNED_UP;
      expect(stage.plan.kills() - kills).toBeGreaterThanOrEqual(
        Math.ceil(pointsOfWork(provision).length / SETUP_CONCURRENCY),
      );

      await expectExactlyOneOfEach(stage, setups);
      await expectWatched();
      const { nodes, effects: after } = stage.fakes.docker.state();
      for (const method of ["ensureVolume", "initialise", "start"] as const) {
        expect((after[method] ?? 0) - (before[method] ?? 0), method).toBe(setups.length);
      }
      expect((after.remove ?? 0) - (before.remove ?? 0)).toBe(0);
      await expectSlotsHeld(stage, Object.keys(nodes).length);
    });

    it("before and after each step of giving back leaves nothing on the host, no slot held, and the requests cancelled", async () => {
      const killed = killAt(pointsOfWork(release), RELEASED);
      await giveBack(stage, released);
      await killed;
      await expectWatched();
      await expectGivenBack(stage, released);
      const { nodes, volumes } = stage.fakes.docker.state();
      expect([Object.keys(nodes).length, Object.keys(volumes).length]).toEqual([OPERATED + stays, OPERATED + stays]);
      await expectSlotsHeld(stage, OPERATED + stays);
    });

    it("before and after each step of sending a transaction and settling it leaves one transaction on the chain and one validator for each", async () => {
      const killed = killAt([sendTransaction, settleTransaction].flatMap(pointsOfWork), SIGNED_UP);
      await signAll(signed);
      await killed;
      await stage.untilStatus(signed, "active");
      await expectWatched();
      await expectOneValidatorEach(stage, signed);
    });

    it("before and after taking the chain's news of a validator tells its owners once", async () => {
      const killed = killAt(pointsOfWork(noteChainNews), 2);
      await jail(stage, signed);
      await killed;
      await expectPenaltiesTold(signed);
    });

    it.each(OPERATIONS)(
      "before and after each step of %s leaves key and sign state as they were",
      async (operation) => {
        for (const volume of await stage.volumeRows(operated)) stage.fakes.docker.writeSignState(volume.id, SIGNED);
        const before = stage.fakes.docker.state();
        const rowsBefore = await stage.setupRows(operated);
        const killed = killAt(operationPoints(operation), OPERATED);
        const ctx = await stage.runtime.ctx();
        for (const { id } of await stage.nodeRows(operated)) await OPERATE[operation](ctx, { nodeId: id });
        await killed;
        await stage.untilIdle(operated);
        await expectWatched();

        const after = stage.fakes.docker.state();
        const end = END[operation];
        const nodes = await stage.nodeRows(operated);
        expect(nodes.map((node) => node.status)).toEqual(operated.map(() => end.row));
        expect(nodes.map((node) => after.nodes[node.id]?.state)).toEqual(operated.map(() => end.host));
        expect(Object.keys(after.nodes).filter((id) => !(id in before.nodes))).toEqual([]);
        for (const volume of await stage.volumeRows(operated)) {
          expect(volume).toMatchObject({ watermarkHeight: 50n, watermarkRound: 0, watermarkStep: 3, removedAt: null });
          const { consensusPubkeyBase64, signStateText } = after.volumes[volume.id] ?? {};
          expect(consensusPubkeyBase64).toBe(before.volumes[volume.id]?.consensusPubkeyBase64);
          expect(signStateText).toBe(SIGNED);
        }
        expect((await stage.setupRows(operated)).map((row) => row.consensusPubkey)).toEqual(
          rowsBefore.map((row) => row.consensusPubkey),
        );
        const grown = (method: "start" | "remove" | "initialise") =>
          (after.effects[method] ?? 0) - (before.effects[method] ?? 0);
        expect([grown("start"), grown("remove"), grown("initialise")]).toEqual([end.starts, end.removals, 0]);
      },
    );

    it("leaves nothing behind once what was operated is given back, too", async () => {
      await giveBack(stage, operated);
      await expectGivenBack(stage, operated);
      const host = stage.fakes.docker.state();
      expect([Object.keys(host.nodes).length, Object.keys(host.volumes).length]).toEqual([stays, stays]);
      await expectSlotsHeld(stage, stays);
    });

    it("has gone through every step of every declared work", () => {
      expect(struck.sort()).toEqual(EVERY_POINT);
    });
  });

  it.each(work.map(({ id, words }) => [id, words] as const))(
    "no step of %s runs that is not declared",
    async (id, words) => {
      expect(await stage.stepsRun(id)).toEqual(words.map((step) => step.id).sort());
    },
  );
}
