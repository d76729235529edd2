import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operateAnyNode } from "@/server/domains/validators";
import { NODE_OPERATION_STEPS, type NodeOperation } from "@/server/domains/validators/constants";
import { pointsOf, VICTIMS } from "@/tests/support/validators/kill-plan";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";

const NODES = 6;
/** What the node signed before the operation. */
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
const pointsFor = (operation: Requested) =>
  pointsOf(
    "validators.operate-node",
    NODE_OPERATION_STEPS.filter((step) => killedIn(step) === operation).map((step) => step.id),
  );

const END = {
  redeploy: { row: "synced", host: "running", starts: NODES, removals: NODES },
  terminate: { row: "terminated", host: undefined, starts: 0, removals: NODES },
} as const;

let stage: KillStage;
beforeAll(async () => {
  stage = await createKillStage();
});
afterAll(() => stage?.close());

describe.each(VICTIMS)("killing the %s", (victim) => {
  let setups: StagedSetup[];
  beforeAll(async () => {
    setups = await stage.createSetups(NODES);
    await stage.untilStatus(setups, "ready_for_chain_tx");
    for (const volume of await stage.volumeRows(setups)) stage.fakes.docker.writeSignState(volume.id, SIGNED);
  });

  it.each(OPERATIONS)("before and after each step of %s leaves key and sign state as they were", async (operation) => {
    const host = () => stage.fakes.docker.state();
    const before = host();
    const rowsBefore = await stage.setupRows(setups);
    const killed = stage.killAt(victim, pointsFor(operation), NODES);
    const ctx = await stage.runtime.ctx();
    for (const { id } of await stage.nodeRows(setups)) await operateAnyNode(ctx, { nodeId: id, operation });
    await killed;
    await stage.untilIdle(setups);
    await stage.untilWatched();
    expect(await stage.watcherRecords()).toMatchObject({ holes: [], gaps: 0 });

    const after = host();
    const end = END[operation];
    const nodes = await stage.nodeRows(setups);
    expect(nodes.map((node) => node.status)).toEqual(setups.map(() => end.row));
    expect(nodes.map((node) => after.nodes[node.id]?.state)).toEqual(setups.map(() => end.host));
    expect(Object.keys(after.nodes).filter((id) => !(id in before.nodes))).toEqual([]);
    for (const volume of await stage.volumeRows(setups)) {
      expect(volume).toMatchObject({ watermarkHeight: 50n, watermarkRound: 0, watermarkStep: 3, removedAt: null });
      const { consensusPubkeyBase64, signStateText } = after.volumes[volume.id] ?? {};
      expect(consensusPubkeyBase64).toBe(before.volumes[volume.id]?.consensusPubkeyBase64);
      expect(signStateText).toBe(SIGNED);
    }
    expect((await stage.setupRows(setups)).map((row) => row.consensusPubkey)).toEqual(
      rowsBefore.map((row) => row.consensusPubkey),
    );
    const grown = (method: "start" | "remove" | "initialise") =>
      (after.effects[method] ?? 0) - (before.effects[method] ?? 0);
    expect([grown("start"), grown("remove"), grown("initialise")]).toEqual([end.starts, end.removals, 0]);
  });
});

it("no step of an operation runs that the registry does not list", async () => {
  expect(await stage.stepsRun("validators.operate-node")).toEqual(NODE_OPERATION_STEPS.map((step) => step.id).sort());
});
