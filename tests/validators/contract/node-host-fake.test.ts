import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { NodeSpec } from "@/server/ports/node-host";
import { createFakeNodeHost } from "@/tests/support/fakes/node-host";
import { fakeNodeHostControl } from "@/tests/support/fakes/node-host-control";
import { nodeHostContract } from "./node-host.contract";
import type { NodeHostHarness } from "./node-host-harness";
import { runInOtherProcess } from "./node-host-other-process";
import { prepare, refusalOf } from "./node-host-wait";

function pinned(directory: string, name: string, text: string) {
  const path = join(directory, name);
  writeFileSync(path, text);
  return { path, sha256: createHash("sha256").update(text).digest("hex") };
}

function setup() {
  const directory = mkdtempSync(join(tmpdir(), "omniphi-fake-host-"));
  const stateFile = join(directory, "host.json");
  const control = fakeNodeHostControl(stateFile);
  const reopen = () => createFakeNodeHost({ stateFile });
  const binary = { ...pinned(directory, "posd", "binary"), version: "v1.0.0" };
  const genesis = pinned(directory, "genesis.json", '{"chain_id":"omniphi-test-1"}');
  const spec = (overrides: Partial<NodeSpec> = {}): NodeSpec => ({
    nodeId: `node_${randomUUID()}`,
    volumeId: `vol_${randomUUID()}`,
    chainId: "omniphi-test-1",
    moniker: "contract",
    binary,
    genesis,
    persistentPeers: [],
    seeds: [],
    minimumGasPrices: "0.025omniphi",
    cpuMillicores: 1_000,
    memoryBytes: 1024 ** 3,
    pidsLimit: 256,
    ...overrides,
  });
  const elsewhere = (name: string) => join(mkdtempSync(join(tmpdir(), "omniphi-fake-host-")), name);
  const harness: NodeHostHarness = {
    host: reopen(),
    reopen,
    spec,
    killNode: async (nodeId) => control.kill(nodeId),
    countSigners: async ({ volumeId }) =>
      Object.values(control.state().nodes).filter((node) => node.volumeId === volumeId && node.state === "running")
        .length,
    writeSignState: async (volumeId, text) => control.writeSignState(volumeId, text),
    exposeKey: async (volumeId, isExposed) => control.exposeKey(volumeId, isExposed),
    unreachable: () => {
      const down = elsewhere("down.json");
      fakeNodeHostControl(down).setDown(true);
      return createFakeNodeHost({ stateFile: down });
    },
    full: () => {
      const host = reopen();
      const whileFull = async <Result>(work: () => Promise<Result>): Promise<Result> => {
        control.setFull(true);
        return await work().finally(() => control.setFull(false));
      };
      return {
        ...host,
        ensureVolume: (input, options) => whileFull(() => host.ensureVolume(input, options)),
        start: (node, options) => whileFull(() => host.start(node, options)),
      };
    },
    makeLogLine: (nodeId) => control.appendLog(nodeId, "another line"),
    hasRealEndpoints: false,
  };
  return { harness, control, stateFile, spec };
}

const shared = setup();
nodeHostContract("fake", () => shared.harness);

describe("the fake's fault switch", () => {
  it("fails before the effect, then after it, and the effect shows", async () => {
    const { harness, control, spec } = setup();
    const node = spec();
    await prepare(harness.host, node);
    control.inject({ method: "start", when: "before", action: "fail" });
    expect(await refusalOf(harness.host.start(node))).toBe("runtime.unavailable");
    expect(control.state().effects.start).toBeUndefined();
    control.inject({ method: "start", when: "after", action: "fail" });
    expect(await refusalOf(harness.host.start(node))).toBe("runtime.unavailable");
    expect(control.state().effects.start).toBe(1);
    await harness.host.start(node);
    expect(control.state().effects).toMatchObject({ start: 1, ensureVolume: 1, initialise: 1 });
  });

  it("hangs where it is told to, until the caller's deadline", async () => {
    const { harness, control, spec } = setup();
    control.inject({ method: "inspect", when: "after", action: "hang" });
    const { nodeId } = spec();
    const hanging = refusalOf(harness.host.inspect(nodeId, { deadlineMs: 200 }));
    await control.waitForHang("inspect:after", AbortSignal.timeout(5_000));
    expect(await hanging).toBe("runtime.timeout");
  });

  it("keeps what another process did before it was killed in the middle of a call", async () => {
    const { harness, control, stateFile, spec } = setup();
    const node = spec();
    await prepare(harness.host, node);
    control.inject({ method: "start", when: "after", action: "kill" });
    const program = `
      import { createFakeNodeHost } from "@/tests/support/fakes/node-host";
      await createFakeNodeHost({ stateFile: ${JSON.stringify(stateFile)} }).start(${JSON.stringify(node)});
    `;
    const { signal } = await runInOtherProcess(program);
    expect(signal).toBe("SIGKILL");
    expect(await harness.host.inspect(node.nodeId)).toMatchObject({ state: "running" });
    expect(control.state().effects.start).toBe(1);
  });
});
