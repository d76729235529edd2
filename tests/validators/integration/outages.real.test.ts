import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countSlots } from "@/server/domains/regions";
import { cancelSetupRequest, retrySetupRequest } from "@/server/domains/validators";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { eventually } from "@/tests/support/eventually";
import { pointsOf, VICTIMS } from "@/tests/support/validators/kill-plan";
import type { StagedSetup } from "@/tests/support/validators/kill-stage";
import { createOutageStage, type OutageStage } from "@/tests/support/validators/outage-stage";

const LONG_MS = 180_000;
/** measures.md, fault 56: work goes on this soon after the database is back, with no process started again by hand. */
const RECOVERY_MS = 10_000;

let stage: OutageStage;
const made: StagedSetup[] = [];
let pids: readonly number[];
const pidsNow = () => VICTIMS.map((victim) => stage[victim].pid());
beforeAll(async () => {
  stage = await createOutageStage();
  pids = pidsNow();
}, LONG_MS);
afterAll(() => stage?.close());

const rowOf = async (setup: StagedSetup) => {
  const [row] = await stage.setupRows([setup]);
  if (!row) throw new Error("the request has no row");
  return row;
};

/** The request is ready, or has failed with a sentence and is ready after the person tried again. */
async function untilReady(setup: StagedSetup) {
  const settled = await eventually(
    "the request is ready or has failed",
    async () => {
      const row = await rowOf(setup);
      return (row.status === "ready_for_chain_tx" || row.status === "failed") && row;
    },
    LONG_MS,
  );
  if (settled.status === "failed") {
    expect(settled.errorMessage).toMatch(/^[A-Z].{20,}\.$/);
    expect(settled.errorCode).not.toBe("kernel.unexpected");
    await eventually("what it held is given back", async () => (await rowOf(setup)).releasedAt !== null, LONG_MS);
    await retrySetupRequest(await setup.person.ctx(), { setupRequestId: setup.setupRequestId });
    await stage.untilStatus([setup], "ready_for_chain_tx", LONG_MS);
  }
}

async function expectExactlyOneOfEach(setups: readonly StagedSetup[], runtime: "process" | "docker") {
  const nodes = (await stage.nodeRows(setups)).filter((row) => row.status !== "terminated");
  const volumes = (await stage.volumeRows(setups)).filter((row) => row.removedAt === null);
  const ids = setups.map((setup) => setup.setupRequestId).sort();
  expect(nodes.map((row) => row.setupRequestId)).toEqual(ids);
  expect(volumes.map((row) => row.setupRequestId)).toEqual(ids);
  const host = (await stage.runtime.ports()).nodeHosts[runtime];
  const listed = await host.list();
  // Those of requests that an earlier test did not come to give back are on the host, too.
  const nodesThere = (await stage.nodeRows(made)).filter((row) => row.status !== "terminated");
  const volumesThere = (await stage.volumeRows(made)).filter((row) => row.removedAt === null);
  const onHost = <Row extends { id: string; hostKind: string }>(rows: readonly Row[]) =>
    rows.flatMap((row) => (row.hostKind === runtime ? [row.id] : [])).sort();
  expect([...listed.nodeIds].sort()).toEqual(onHost(nodesThere));
  expect([...listed.volumeIds].sort()).toEqual(onHost(volumesThere));
  for (const node of nodes) {
    expect(node).toMatchObject({ hostKind: runtime, operation: null, desiredState: "running" });
    expect((await host.inspect(node.id)).state).toBe("running");
    const request = (await stage.setupRows(setups)).find((row) => row.id === node.setupRequestId);
    expect(request?.consensusPubkey).toEqual(expect.any(String));
  }
  for (const region of await countSlots(await stage.runtime.ctx(), {})) {
    expect(region.held, region.code).toBe(region.counted);
  }
}

/** Web, engine and watcher are the ones that were there before, and at work. */
async function expectRecovered() {
  expect(pidsNow()).toEqual(pids);
  for (const victim of VICTIMS) expect(stage[victim].isAlive(), victim).toBe(true);
  await stage.untilWatched();
  expect(await stage.watcherRecords()).toMatchObject({ holes: [], gaps: 0 });
}

/** Gives back what the test made, as a person would. */
async function giveBack(setups: readonly StagedSetup[]) {
  for (const { person, setupRequestId } of setups) await cancelSetupRequest(await person.ctx(), { setupRequestId });
  await eventually(
    "everything is given back",
    async () => (await stage.setupRows(setups)).every((row) => row.releasedAt !== null),
    LONG_MS,
  );
}

const createSetup = async (runtime: "process" | "docker"): Promise<StagedSetup> => {
  const [setup] = await stage.createSetups(1, { runtime });
  if (!setup) throw new Error("no request was made");
  made.push(setup);
  return setup;
};
const beforeStep = (stepId: string) => pointsOf("validators.provision", [stepId]).slice(0, 1);
const afterStep = (stepId: string) => pointsOf("validators.provision", [stepId]).slice(1);

describe("in the middle of a provisioning", () => {
  it(
    "Postgres is killed: work goes on within ten seconds of its return, with one node for each request",
    async () => {
      // The node runs, and nobody can be told.
      const killed = stage.actAt(afterStep("node"), 1, () => stage.postgres.kill(), LONG_MS);
      const setup = await createSetup("process");
      await killed;
      await eventually("the engine has met the outage", async () =>
        stage.engine.output().includes("engine.standby.entered"),
      );
      await eventually("the web process has met the outage", async () =>
        stage.web.output().includes("outbox.relay.interrupted"),
      );
      await stage.postgres.restart();

      const backAt = performance.now();
      const next = await createSetup("process");
      await eventually("a new request is taken up", async () => (await rowOf(next)).status !== "pending");
      expect(performance.now() - backAt).toBeLessThanOrEqual(RECOVERY_MS);
      for (const one of [setup, next]) await untilReady(one);
      await expectExactlyOneOfEach([setup, next], "process");
      await expectRecovered();
      await giveBack([setup, next]);
    },
    LONG_MS,
  );

  it(
    "the Docker Engine is killed while the node's keys are made: one container, one volume, one key",
    async () => {
      let killed: Promise<void> | undefined;
      const reached = stage.actAt(
        beforeStep("init"),
        1,
        async () => {
          ({ killed } = await stage.dockerd.killAtStartOf("omniphi-init-"));
        },
        LONG_MS,
      );
      const setup = await createSetup("docker");
      await reached;
      await killed;
      await eventually("the web process has met the outage", async () =>
        stage.web.output().includes("node_host.call.failed"),
      );
      await stage.dockerd.restart();

      await untilReady(setup);
      await expectExactlyOneOfEach([setup], "docker");
      await expectRecovered();
      await giveBack([setup]);
    },
    LONG_MS,
  );

  it(
    "the chain is killed while the node catches up: it waits, and is ready once there is a tip again",
    async () => {
      const killed = stage.actAt(beforeStep("sync"), 1, () => stage.chain.kill(), LONG_MS);
      const setup = await createSetup("process");
      await killed;
      const chainBeat = async () =>
        (await listHeartbeats(stage.runtime.db)).find(({ component }) => component.startsWith("watcher:"));
      await eventually("the watcher says so", async () => (await chainBeat())?.status === "down");
      expect(await rowOf(setup)).toMatchObject({ currentStep: "sync", errorCode: null });
      await stage.chain.restart();

      await untilReady(setup);
      expect((await rowOf(setup)).generation).toBe(1);
      await expectExactlyOneOfEach([setup], "process");
      await eventually("the watcher says that it is back", async () => (await chainBeat())?.status === "ok");
      await expectRecovered();
      await giveBack([setup]);
    },
    LONG_MS,
  );
});
