import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  checkNodes,
  getSetupRequest,
  listSetupEvents,
  redeployNode,
  startNode,
  stopNode,
} from "@/server/domains/validators";
import { isAppError } from "@/server/kernel/errors";
import { writeFakeChain } from "@/tests/support/validators/fake-chains";
import { fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";

const OPERATIONS = { stop: stopNode, start: startNode, redeploy: redeployNode } as const;
type Operation = keyof typeof OPERATIONS;

let stage: KillStage;
let setup: StagedSetup;
let volumeId: string;
let nodeId: string;
beforeAll(async () => {
  stage = await createKillStage();
  // It looks at every node too; here each look is one that a test asked for.
  await stage.watcher.kill();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  const [made] = await stage.createSetups(1);
  if (!made) throw new Error("no setup");
  setup = made;
  await stage.untilStatus([setup], "ready_for_chain_tx");
  volumeId = (await stage.volumeRows([setup]))[0]?.id ?? "";
  nodeId = (await stage.nodeRows([setup]))[0]?.id ?? "";
});
afterEach(() => {
  stage.fakes.docker.clearFaults();
  writeFakeChain(stage.fakes.chainFile, { isDown: false });
});

const ask = async (operation: Operation) =>
  OPERATIONS[operation](await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
const done = async (operation: Operation) => {
  await ask(operation);
  await stage.untilIdle([setup]);
};
const view = async () => getSetupRequest(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
const story = async () =>
  listSetupEvents(await setup.person.ctx(), { setupRequestId: setup.setupRequestId, after: 0, limit: 500 });
const check = async () => checkNodes(await stage.runtime.ctx(), {});
const onHost = () => stage.fakes.docker.state();
const key = () => onHost().volumes[volumeId]?.consensusPubkeyBase64;
const watermark = async () => (await stage.volumeRows([setup]))[0]?.watermarkHeight;
const signed = (height: number) =>
  stage.fakes.docker.writeSignState(volumeId, JSON.stringify({ height: String(height), round: 0, step: 3 }));

describe("stop, start and redeploy", () => {
  it("keep the key and never lower the watermark", async () => {
    const before = { key: key(), pubkey: (await view()).setupRequest.consensusPubkey };
    const seen: (bigint | null | undefined)[] = [];
    const round: [Operation, number, string][] = [
      ["stop", 10, "stopped"],
      ["start", 10, "synced"],
      ["redeploy", 25, "synced"],
      ["stop", 31, "stopped"],
      ["redeploy", 31, "synced"],
    ];
    for (const [operation, height, status] of round) {
      signed(height);
      await done(operation);
      expect((await view()).node).toMatchObject({
        id: nodeId,
        status,
        operation: null,
        watermarkHeight: String(height),
      });
      expect(onHost().nodes[nodeId]?.state).toBe(status === "stopped" ? "stopped" : "running");
      seen.push(await watermark());
    }
    expect(seen).toEqual([10n, 10n, 25n, 31n, 31n]);
    expect({ key: key(), pubkey: (await view()).setupRequest.consensusPubkey }).toEqual(before);
    expect(Object.values(onHost().nodes).filter((node) => node.volumeId === volumeId)).toHaveLength(1);
  });

  it("are refused where they make no sense", async () => {
    await expect(ask("start")).rejects.toMatchObject({ code: "validators.already_running", kind: "invalid_state" });
    await done("stop");
    await expect(ask("stop")).rejects.toMatchObject({ code: "validators.already_stopped", kind: "invalid_state" });
  });

  it("asked for at once are one operation and refusals", async () => {
    stage.fakes.docker.inject({ method: "stop", when: "before", action: "hang" });
    const results = await Promise.allSettled([ask("redeploy"), ask("stop"), ask("redeploy"), ask("stop")]);
    const codes = results.map((result) =>
      result.status === "fulfilled" ? "taken" : isAppError(result.reason) ? result.reason.code : String(result.reason),
    );
    expect(codes.filter((code) => code === "taken")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["taken", "validators.operation_under_way"]));
    await stage.fakes.docker.waitForHang("stop:before", AbortSignal.timeout(30_000));
    await expect(ask("start")).rejects.toMatchObject({ code: "validators.operation_under_way" });
    stage.fakes.docker.releaseHang("stop:before");
    await stage.untilIdle([setup]);
    expect((await stage.nodeRows([setup]))[0]?.generation).toBe(2);
  });
});

describe("a volume whose sign state went back", () => {
  it.each(["start", "redeploy"] as const)("is refused by %s, and the node stays down", async (operation) => {
    signed(50);
    await done("stop");
    signed(49);
    const starts = onHost().effects.start;
    await done(operation);
    const { node } = await view();
    expect(node).toMatchObject({ status: "error", operation: null, watermarkHeight: "50" });
    expect(node?.statusMessage).toMatch(/sign state is older than/);
    expect(onHost().effects.start).toBe(starts);
    expect(onHost().nodes[nodeId]?.state).not.toBe("running");
    expect((await story()).at(-1)).toMatchObject({ type: "failed", message: node?.statusMessage });
    // A look finds only that the node is down; why it is stays on show.
    await check();
    expect((await view()).node).toMatchObject({ status: "error", statusMessage: node?.statusMessage });

    await done("start");
    expect(onHost().effects.start).toBe(starts);
    expect(await watermark()).toBe(50n);
  });

  it.each([
    ["is gone", null],
    ["is unreadable", "{"],
  ])("or %s is refused as well", async (_, text) => {
    signed(50);
    await done("stop");
    stage.fakes.docker.writeSignState(volumeId, text);
    const starts = onHost().effects.start;
    await done("start");
    expect((await view()).node).toMatchObject({ status: "error", watermarkHeight: "50" });
    expect(onHost().effects.start).toBe(starts);
    expect(onHost().nodes[nodeId]?.state).toBe("stopped");
  });

  it("above the chain's tip is refused too, and raises no watermark: put right, the node starts", async () => {
    signed(50);
    await done("stop");
    signed(5_000_000);
    await check();
    expect(await watermark()).toBe(50n);
    const starts = onHost().effects.start;
    await done("start");
    const { node } = await view();
    expect(node).toMatchObject({ status: "error", watermarkHeight: "50" });
    expect(node?.statusMessage).toMatch(/above the chain's newest block/);
    expect(onHost().effects.start).toBe(starts);
    signed(51);
    await done("start");
    expect(onHost().effects.start).toBe((starts ?? 0) + 1);
  });

  it("is seen from the watermark that a health check raised while the node ran", async () => {
    signed(70);
    await check();
    expect(await watermark()).toBe(70n);
    signed(60);
    await check();
    expect(await watermark()).toBe(70n);
    await done("redeploy");
    expect((await view()).node).toMatchObject({ status: "error", watermarkHeight: "70" });
    expect(onHost().nodes[nodeId]?.state).not.toBe("running");
  });
});

describe("a host that does not answer", () => {
  it("leaves the node's state as it was, with the reason; the next check clears it", async () => {
    await check();
    const before = (await view()).node;
    expect(before).toMatchObject({ status: "synced", lastCheckError: null });
    stage.fakes.docker.setDown(true);
    await check();
    expect((await view()).node).toMatchObject({
      status: "synced",
      lastBlockHeight: before?.lastBlockHeight,
      lastSeenAt: before?.lastSeenAt,
      lastCheckError: expect.stringMatching(/\S/),
    });
    stage.fakes.docker.setDown(false);
    await check();
    expect((await view()).node).toMatchObject({ status: "synced", lastCheckError: null });
  });

  it("ends an operation with a sentence and frees the node; it can be started when the host is back", async () => {
    await done("stop");
    stage.fakes.docker.setDown(true);
    await done("start");
    expect((await view()).node).toMatchObject({
      status: "error",
      operation: null,
      statusMessage: expect.stringMatching(/\S/),
    });
    stage.fakes.docker.setDown(false);
    await done("start");
    expect((await view()).node).toMatchObject({ status: "synced", operation: null });
  });
});

describe("one round of health checks", () => {
  it("sees a node that ended although it should run, says so in its story, and sees it back", async () => {
    await fakeSetupPorts(stage.dir).nodeHosts.docker.stop(nodeId, { graceSeconds: 1 });
    await check();
    expect((await view()).node).toMatchObject({
      status: "error",
      statusMessage: "The node ended although it should run.",
    });
    expect((await story()).at(-1)).toMatchObject({ type: "failed", message: "The node ended although it should run." });
    await done("start");
    await check();
    expect((await view()).node).toMatchObject({ status: "synced", lastCheckError: null });
  });

  it("sees that a node was killed and brought back by its host", async () => {
    await check();
    expect((await view()).node?.restartCount).toBe(0);
    stage.fakes.docker.kill(nodeId);
    await check();
    expect((await view()).node).toMatchObject({ restartCount: 1, status: "synced" });
  });

  it("says that the tip is unknown when the chain does not answer, instead of claiming that the node is in sync", async () => {
    writeFakeChain(stage.fakes.chainFile, { isDown: true });
    await check();
    expect((await view()).node?.status).not.toBe("synced");
    expect((await view()).node?.lagBlocks).toBeNull();
  });
});

it("nothing else may work on a node while it is being set up", async () => {
  stage.fakes.docker.inject({ method: "initialise", when: "before", action: "hang" });
  const [early] = await stage.createSetups(1);
  if (!early) throw new Error("no setup");
  await stage.fakes.docker.waitForHang("initialise:before", AbortSignal.timeout(30_000));
  for (const operate of [stopNode, startNode, redeployNode]) {
    await expect(operate(await early.person.ctx(), { setupRequestId: early.setupRequestId })).rejects.toMatchObject({
      code: "validators.operation_under_way",
    });
  }
  stage.fakes.docker.releaseHang("initialise:before");
  await stage.untilStatus([early], "ready_for_chain_tx");
});
