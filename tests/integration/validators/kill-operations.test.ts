import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operateAnyNode, redeployNode, startNode, stopNode } from "@/server/domains/validators";
import { NODE_OPERATION_STEPS, type NodeOperation } from "@/server/domains/validators/constants";
import { pointsOf, VICTIMS } from "@/tests/support/validators/kill-plan";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";

/** In the order in which one and the same node can go through them. */
const OPERATIONS = ["redeploy", "stop", "start", "terminate"] as const;
type Operation = (typeof OPERATIONS)[number];
const NODES = 4;
/** What the node signed before the operation. */
const SIGNED = JSON.stringify({ height: "50", round: 0, step: 3 });

const pointsFor = (operation: Operation) =>
  pointsOf(
    "validators.operate-node",
    NODE_OPERATION_STEPS.filter((step) => (step.operations as readonly NodeOperation[]).includes(operation)).map(
      (step) => step.id,
    ),
  );

const END = {
  redeploy: { row: "synced", host: "running", starts: NODES, removals: NODES },
  stop: { row: "stopped", host: "stopped", starts: 0, removals: 0 },
  start: { row: "synced", host: "running", starts: NODES, removals: 0 },
  terminate: { row: "terminated", host: undefined, starts: 0, removals: NODES },
} as const;

async function ask({ person, setupRequestId }: StagedSetup, operation: Operation): Promise<void> {
  const ctx = await person.ctx();
  if (operation === "redeploy") await redeployNode(ctx, { setupRequestId });
  else if (operation === "stop") await stopNode(ctx, { setupRequestId });
  else if (operation === "start") await startNode(ctx, { setupRequestId });
  else {
    const [node] = await stage.nodeRows([{ person, setupRequestId }]);
    await operateAnyNode(await stage.runtime.ctx(), { nodeId: node?.id ?? "", operation });
  }
}

let stage: KillStage;
beforeAll(async () => {
  stage = await createKillStage();
});
afterAll(() => stage?.close());

it("every step belongs to an operation that is killed here", () => {
  const killed = new Set(OPERATIONS.flatMap((operation) => pointsFor(operation).map((point) => point.stepId)));
  expect([...killed].sort()).toEqual(NODE_OPERATION_STEPS.map((step) => step.id as string).sort());
});

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
    await Promise.all(setups.map((setup) => ask(setup, operation)));
    await killed;
    await stage.untilIdle(setups);

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
