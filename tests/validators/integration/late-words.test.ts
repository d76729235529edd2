import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outboxEvents, workRuns } from "@/db/schema/system";
import { validatorNodes } from "@/db/schema/validators";
import { countSlots, seedRegions } from "@/server/domains/regions";
import { cancelSetupRequest, redeployNode, stopNode } from "@/server/domains/validators";
import { operationRequested } from "@/server/domains/validators/events";
import { recordNodeStarted } from "@/server/domains/validators/nodes/record-node-started";
import { finishOperation, guardSignState } from "@/server/domains/validators/nodes/run-node-operation";
import {
  recordPlacement,
  recordPublicKey,
  recordReady,
  reserveSlot,
} from "@/server/domains/validators/requests/record-attempt";
import { recordReleased } from "@/server/domains/validators/requests/record-released";
import { operateNode } from "@/server/domains/validators/work/operate-node";
import type { ServiceCtx } from "@/server/kernel/context";
import { failWork, openStep, runStep } from "@/server/kernel/work/run-work";
import { sweepWork } from "@/server/kernel/work/sweep-work";
import { chainActor } from "@/tests/support/chain-actor";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestSetup } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

const SUPERSEDED = { kind: "conflict", code: "validators.superseded" };
const OVERTAKEN = { kind: "conflict", code: "kernel.superseded" };
/** One for each node: no two on a network may have the same. */
const freshKey = () => randomBytes(32).toString("base64");
const STARTED = {
  runtimeRef: "1@boot/2",
  rpcUrl: "http://127.0.0.1:1",
  p2pAddress: "127.0.0.1:2",
  startedAt: "2026-01-02T03:04:05.000Z",
};
const PLACEMENT = {
  runtime: "process" as const,
  binaryPath: "/posd",
  binarySha256: "a".repeat(64),
  binaryVersion: "v1",
  genesisPath: "/genesis.json",
  genesisSha256: "b".repeat(64),
  persistentPeers: [],
  seeds: [],
  stateSync: null,
  minimumGasPrices: "0.025omniphi",
  consensusTimeouts: null,
};

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
});
afterAll(() => runtime?.close());

/** A request whose node is placed, as after the step of that name. */
async function setup() {
  const person = await createPerson(runtime);
  const actor = await chainActor();
  const { setupRequestId } = await createTestSetup(person, "net_of_this_test", {
    walletAddress: actor.address,
    validatorName: "Late words",
  });
  const attempt = { setupRequestId, generation: 1 };
  const key = freshKey();
  const ctx = await runtime.ctx();
  await reserveSlot(ctx, attempt);
  const { nodeId } = await recordPlacement(ctx, { ...attempt, placement: PLACEMENT });
  const node = async () => {
    const [row] = await runtime.db.select().from(validatorNodes).where(eq(validatorNodes.id, nodeId));
    return row;
  };
  return { person, ctx, attempt, nodeId, node, setupRequestId, key };
}

describe("what a step found out too late", () => {
  it("brings nothing of a cancelled and released request to life", async () => {
    const { person, ctx, attempt, nodeId, node, setupRequestId, key } = await setup();
    await cancelSetupRequest(await person.ctx(), { setupRequestId });
    await recordReleased(ctx, { setupRequestId, isVolumeRemoved: true });
    const slots = await countSlots(ctx, {});

    const late = [
      () => reserveSlot(ctx, attempt),
      () => recordPlacement(ctx, { ...attempt, placement: PLACEMENT }),
      () => recordNodeStarted(ctx, { nodeId, generation: 1, ...STARTED }),
      () => recordPublicKey(ctx, { ...attempt, nodeId, consensusPubkey: key, p2pNodeId: "c".repeat(40) }),
      () => recordReady(ctx, { ...attempt, nodeId, provenPubkey: key, heightBlocks: "5" }),
    ];
    for (const word of late) await expect(word()).rejects.toMatchObject(SUPERSEDED);
    expect(await node()).toMatchObject({ status: "terminated", rpcUrl: null, operation: null });
    expect(await countSlots(ctx, {})).toEqual(slots);
  });

  it("of an older operation does not touch the node of the newer one", async () => {
    const { ctx, attempt, nodeId, node, key } = await setup();
    await recordNodeStarted(ctx, { nodeId, generation: 1, ...STARTED });
    await recordPublicKey(ctx, { ...attempt, nodeId, consensusPubkey: key, p2pNodeId: "c".repeat(40) });
    await recordReady(ctx, { ...attempt, nodeId, provenPubkey: key, heightBlocks: "5" });
    const { generation } = await stopNode(ctx, { nodeId });
    expect(generation).toBe(2);

    const started = recordNodeStarted(ctx, { nodeId, generation: 1, ...STARTED, rpcUrl: "http://127.0.0.1:9" });
    await expect(started).rejects.toMatchObject(SUPERSEDED);
    await expect(
      guardSignState(ctx, { nodeId, generation: 1, found: null, tipHeightBlocks: null }),
    ).rejects.toMatchObject(SUPERSEDED);
    expect(await node()).toMatchObject({ status: "synced", operation: "stop", rpcUrl: STARTED.rpcUrl });
  });
});

describe("of two runs for one operation", () => {
  const later = <Ctx extends ServiceCtx>(minutes: number, ctx: Ctx): Ctx => ({
    ...ctx,
    now: () => new Date(Date.now() + minutes * 60_000),
  });

  async function operated() {
    const { ctx, attempt, nodeId, node, key } = await setup();
    await recordNodeStarted(ctx, { nodeId, generation: 1, ...STARTED });
    await recordPublicKey(ctx, { ...attempt, nodeId, consensusPubkey: key, p2pNodeId: "c".repeat(40) });
    await recordReady(ctx, { ...attempt, nodeId, provenPubkey: key, heightBlocks: "5" });
    const { generation } = await redeployNode(ctx, { nodeId });
    const [{ setupRequestId, organizationId }] = [(await node()) ?? { setupRequestId: "", organizationId: "" }];
    const data = { nodeId, setupRequestId, organizationId, operation: "redeploy" as const, generation };
    const at = (runId: string) => ({ event: operationRequested.name, data, runId, isLate: false, kept: {} });
    const begin = (runId: string, minutes = 0) => openStep(operateNode, later(minutes, ctx), at(runId), "halt");
    const fail = (runId: string) =>
      failWork(operateNode, ctx, at(runId), { code: "test.late", message: "It came too late." });
    const ref = { nodeId, generation };
    /** The run that has the operation; undefined when none has. */
    const holder = async () => {
      const [row] = await runtime.db.select().from(workRuns).where(eq(workRuns.subject, nodeId));
      return row?.runId;
    };
    const resent = async () => {
      const rows = await runtime.db.select().from(outboxEvents).where(eq(outboxEvents.name, operationRequested.name));
      return rows.filter(({ payload }) => payload.nodeId === nodeId).length - 1;
    };
    return { ctx, node, at, begin, fail, holder, ref, resent };
  }

  it("the first has it for as long as it is heard of, and the other neither acts nor ends it", async () => {
    const { node, begin, fail, holder } = await operated();
    await begin("first");
    await expect(begin("second")).rejects.toMatchObject(OVERTAKEN);
    await begin("first", 2);
    await expect(begin("second", 4)).rejects.toMatchObject(OVERTAKEN);
    await fail("second");
    expect(await node()).toMatchObject({ operation: "redeploy", status: "synced" });
    expect(await holder()).toBe("first");
  });

  it("the second takes it over from one that is silent, which then neither acts nor ends it", async () => {
    const { ctx, node, begin, fail, holder, ref } = await operated();
    await begin("first");
    await begin("second", 4);
    await expect(begin("first", 4)).rejects.toMatchObject(OVERTAKEN);
    await fail("first");
    const end = { status: "synced" as const, sentence: "Done.", failureCode: null };
    await finishOperation(ctx, { ...ref, runId: "first", ...end });
    expect(await node()).toMatchObject({ operation: "redeploy" });
    expect(await holder()).toBe("second");
    await finishOperation(ctx, { ...ref, runId: "second", ...end });
    expect(await node()).toMatchObject({ operation: null, status: "synced" });
  });

  it("one that fails ends it, and leaves it to the next operation", async () => {
    const { node, begin, fail, holder } = await operated();
    await begin("first");
    await fail("first");
    expect(await node()).toMatchObject({ operation: null, status: "error", statusMessage: "It came too late." });
    expect(await holder()).toBeUndefined();
  });

  it("a second one is sent for only when the first is silent", async () => {
    const { ctx, begin, resent } = await operated();
    await begin("first");
    await sweepWork(operateNode, later(2, ctx));
    expect(await resent()).toBe(0);
    await begin("first", 2);
    await sweepWork(operateNode, later(4, ctx));
    expect(await resent()).toBe(0);
    await sweepWork(operateNode, later(6, ctx));
    expect(await resent()).toBe(1);
  });

  it("one that has looked often enough says that the node is behind, not that it is in sync", async () => {
    const { ctx, node, at } = await operated();
    await runStep(operateNode, ctx, { ...at("first"), isLate: true }, "finish");
    expect(await node()).toMatchObject({
      operation: null,
      status: "syncing",
      statusMessage: expect.stringContaining("still catching up"),
    });
  });
});
