import { toBase64 } from "@cosmjs/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareSignStates } from "@/lib/node-config/sign-state.mjs";
import { countSlots } from "@/server/domains/regions";
import {
  getNodeHistory,
  getSetupRequest,
  listSetupEvents,
  prepareTransaction,
  redeployNode,
  submitTransaction,
} from "@/server/domains/validators";
import type { SignState } from "@/server/ports/node-host";
import { ensureDocker } from "@/tests/support/docker";
import { eventually } from "@/tests/support/eventually";
import { sharedLocalnet } from "@/tests/support/localnet";
import { pointsOf, VICTIMS, type Victim } from "@/tests/support/validators/kill-plan";
import { createKillStage, type KillStage, type StagedSetup } from "@/tests/support/validators/kill-stage";
import { createSignerSetup, type SignerSetup, sign } from "@/tests/support/validators/signing-stage";

/** Where each dies once on the real drivers; the whole matrix runs on the fake host. */
const PROVISION_KILL: Record<Victim, string> = { web: "init", engine: "node", watcher: "public-key" };
const REDEPLOY_KILL: Record<Victim, string> = { web: "replace", engine: "launch", watcher: "catch-up" };
const LONG_MS = 240_000;
/** Several of those one after the other; whichever of them is over says what it waited for. */
const TEST_MS = 3 * LONG_MS;

let stage: KillStage;
/** The watcher that came back goes on where the killed one was: every block of the chain has its row. */
const expectNothingUnwatched = async () => {
  await stage.untilWatched();
  expect(await stage.watcherRecords()).toMatchObject({ holes: [], gaps: 0 });
};
beforeAll(async () => {
  const [localnet, dockerSocketPath] = await Promise.all([sharedLocalnet(), ensureDocker()]);
  stage = await createKillStage({ real: { localnet, dockerSocketPath } });
});
afterAll(() => stage?.close());

describe.each(["process", "docker"] as const)("on the real %s driver", (runtime) => {
  let signer: SignerSetup;
  let setup: StagedSetup;
  const host = async () => (await stage.runtime.ports()).nodeHosts[runtime];
  const view = async () => getSetupRequest(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
  const volumeId = async () => (await stage.volumeRows([setup]))[0]?.id ?? "";
  const signState = async (): Promise<SignState | null> =>
    (await (await host()).inspectVolume(await volumeId())).signState;

  /** A real node may fall a few blocks behind at any look, so this is waited for; how an operation ended is in its events. */
  const untilSynced = () =>
    eventually("the node is in sync", async () => (await view()).node?.status === "synced", LONG_MS);
  const eventsSince = async (after: number) =>
    listSetupEvents(await setup.person.ctx(), { setupRequestId: setup.setupRequestId, after, limit: 500 });

  afterAll(async () => {
    if (!setup) return;
    const [node] = await stage.nodeRows([setup]);
    if (node) await (await host()).remove(node.id, { volumeId: node.volumeId, removeVolume: true });
  });

  /** Kills each of them, one after the other, after its step. */
  const killEach = async (functionId: string, steps: Record<Victim, string>) => {
    for (const victim of VICTIMS) {
      await stage.killAt(victim, pointsOf(functionId, [steps[victim]]).slice(1), 1, LONG_MS);
    }
  };

  it(
    "a setup survives the death of web, engine and watcher, with one node, one volume and the key that its node holds",
    async () => {
      const killed = killEach("validators.provision", PROVISION_KILL);
      signer = await createSignerSetup(stage.runtime, stage.localnet, stage.networkId, { runtime });
      setup = signer;
      await killed;
      await stage.untilStatus([setup], "ready_for_chain_tx", LONG_MS);
      const [node] = await stage.nodeRows([setup]);
      expect(node).toMatchObject({ hostKind: runtime, operation: null, consensusTimeouts: { commitMs: 500 } });
      await untilSynced();
      const listed = await (await host()).list();
      expect(listed).toEqual({ nodeIds: [node?.id], volumeIds: [await volumeId()] });
      expect(await stage.setupRows([setup])).toMatchObject([{ generation: 1, errorCode: null }]);
      for (const region of await countSlots(await stage.runtime.ctx(), {}))
        expect(region.held, region.code).toBe(region.counted);
      await expectNothingUnwatched();
    },
    TEST_MS,
  );

  it(
    "the signed transaction makes it a validator that signs",
    async () => {
      const ref = { setupRequestId: setup.setupRequestId };
      const prepared = await prepareTransaction(await setup.person.ctx(), {
        ...ref,
        pubkey: toBase64(signer.actor.pubkey),
        signMode: "direct",
      });
      await submitTransaction(await setup.person.ctx(), { ...ref, txBytes: toBase64(sign(signer.actor, prepared)) });
      await stage.untilStatus([setup], "active", LONG_MS);
      await eventually(
        "the node has signed a block",
        async () => BigInt((await signState())?.height ?? 0) > 0n,
        LONG_MS,
      );
    },
    TEST_MS,
  );

  it(
    "the looks at it are kept as its history: processor, memory, disk, lag and peers of the real node",
    async () => {
      const samples = async () =>
        (await getNodeHistory(await setup.person.ctx(), { setupRequestId: setup.setupRequestId })).samples;
      await eventually(
        "a look at the running node is kept",
        async () => (await samples()).some(({ cpuPercent, lagBlocks }) => (cpuPercent ?? 0) > 0 && lagBlocks !== null),
        LONG_MS,
      );
      const newest = (await samples()).findLast(({ cpuPercent }) => cpuPercent !== null);
      expect(newest?.memoryBytes).toBeGreaterThan(1024 ** 2);
      expect(newest?.diskUsedBytes).toBeGreaterThan(0);
      expect(newest?.lagBlocks).toBeGreaterThanOrEqual(0);
      expect(newest?.peerCount).toBeGreaterThanOrEqual(0);
      expect(newest?.memoryPercent).toBeNull();
      // A container's engine does not tell what the disk has left.
      if (runtime === "docker") expect(newest?.diskFreeBytes).toBeNull();
      else expect(newest?.diskFreeBytes).toBeGreaterThan(0);
    },
    TEST_MS,
  );

  it(
    "a redeploy through the death of web, engine and watcher keeps key and sign state",
    async () => {
      const before = { pubkey: (await view()).setupRequest.consensusPubkey, signState: await signState() };
      const [old] = await stage.nodeRows([setup]);
      const toldBefore = (await eventsSince(0)).at(-1)?.sequence ?? 0;
      const killed = killEach("validators.operate-node", REDEPLOY_KILL);
      await redeployNode(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
      await killed;
      await eventually("the redeploy has ended", async () => (await view()).node?.operation === null, LONG_MS);
      const after = { pubkey: (await view()).setupRequest.consensusPubkey, signState: await signState() };
      const ends = (await eventsSince(toldBefore)).filter(
        ({ type, details }) => (type === "completed" || type === "failed") && details?.operation === "redeploy",
      );
      expect(ends).toMatchObject([{ type: "completed" }]);
      expect((await view()).node).toMatchObject({ id: old?.id });
      await untilSynced();
      expect(after.pubkey).toBe(before.pubkey);
      if (before.signState === null || after.signState === null) throw new Error("the volume has lost its sign state");
      expect(compareSignStates(after.signState, before.signState)).toBeGreaterThanOrEqual(0);
      const [node] = await stage.nodeRows([setup]);
      const inspected = await (await host()).inspect(old?.id ?? "");
      expect(inspected.state).toBe("running");
      expect(node?.runtimeRef).toBe(inspected.runtimeRef);
      expect(node?.runtimeRef).not.toBe(old?.runtimeRef);
      const [volume] = await stage.volumeRows([setup]);
      expect(volume?.watermarkHeight).toBeGreaterThanOrEqual(BigInt(before.signState.height));
      expect(await (await host()).list()).toEqual({ nodeIds: [old?.id], volumeIds: [volume?.id] });
      await expectNothingUnwatched();
    },
    TEST_MS,
  );
});
