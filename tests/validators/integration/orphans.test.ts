import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepOrphans } from "@/server/domains/validators";
import { timedOut, upstreamUnavailable } from "@/server/kernel/errors";
import type { NodeHost } from "@/server/ports/node-host";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

const ports = fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-orphans-")));
const removed: { nodeId: string; removeVolume: boolean }[] = [];
const onHost = { nodeIds: [] as string[], volumeIds: [] as string[], stuck: "" };
const logLines: string[] = [];

/** A host that lists what bears our mark, as both adapters do, and says what was removed from it. */
const docker: NodeHost = {
  ...ports.nodeHosts.docker,
  list: async () => ({ nodeIds: [...onHost.nodeIds], volumeIds: [...onHost.volumeIds] }),
  remove: async (nodeId, { removeVolume }) => {
    if (nodeId === onHost.stuck) throw timedOut("runtime.timeout", "The node did not end in time.");
    removed.push({ nodeId, removeVolume });
    onHost.nodeIds = onHost.nodeIds.filter((id) => id !== nodeId);
  },
};
const away: NodeHost = {
  ...ports.nodeHosts.process,
  list: async () => {
    throw upstreamUnavailable("runtime.unavailable", "The host does not answer.");
  },
};

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: { ...ports, nodeHosts: { docker, process: away } }, logLines });
});
afterAll(() => runtime?.close());

describe("nodes on a host that no row knows", () => {
  it("are told and removed, their volumes stay, the known ones are never touched, and a host that is away costs nothing", async () => {
    const { networkId } = await createTestNetwork(runtime);
    const known: string[] = [];
    for (let made = 0; made < 20; made += 1) {
      const person = await createPerson(runtime);
      const { setupRequestId } = await createTestSetup(person, networkId);
      const owner = { organizationId: person.organizationId, setupRequestId, networkId };
      known.push((await makeReadyToSign(runtime, owner)).nodeId);
    }
    const orphans = Array.from({ length: 5 }, (_, index) => `node_orphan_${index}`);
    onHost.nodeIds = [...known, ...orphans];
    onHost.volumeIds = ["volume_orphan"];

    expect(await sweepOrphans(await runtime.ctx(), {})).toEqual({ removed: 5 });
    expect(removed).toEqual(orphans.map((nodeId) => ({ nodeId, removeVolume: false })));
    expect(onHost.nodeIds).toEqual(known);
    for (const nodeId of orphans) {
      expect(logLines.some((line) => line.includes("orphan_node.removed") && line.includes(nodeId))).toBe(true);
    }
    expect(logLines.some((line) => line.includes("orphan_volume.found") && line.includes("volume_orphan"))).toBe(true);
    expect(await sweepOrphans(await runtime.ctx(), {})).toEqual({ removed: 0 });
  });

  it("are removed though one before them stays, which the next sweep comes for", async () => {
    Object.assign(onHost, { nodeIds: ["node_stuck", "node_behind_it"], volumeIds: [], stuck: "node_stuck" });
    expect(await sweepOrphans(await runtime.ctx(), {})).toEqual({ removed: 1 });
    expect(onHost.nodeIds).toEqual(["node_stuck"]);
    onHost.stuck = "";
    expect(await sweepOrphans(await runtime.ctx(), {})).toEqual({ removed: 1 });
  });
});
