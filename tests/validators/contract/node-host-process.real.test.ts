import { createHash } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockHolder } from "@/lib/os/generation-lock.mjs";
import { resumeAllProcessNodes, stopAllProcessNodes } from "@/server/adapters/process/all-nodes.mjs";
import { findByHome } from "@/server/adapters/process/find-by-home.mjs";
import { SIGNER_LOCK, volumePaths } from "@/server/adapters/process/node-layout.mjs";
import { releasePorts, reservePorts } from "@/server/adapters/process/ports";
import { createProcessNodeHost } from "@/server/adapters/process/process-node-host";
import { nodeHostContract } from "./node-host.contract";
import { startTestChain, type TestChain } from "./node-host-chain";
import type { NodeHostHarness } from "./node-host-harness";
import { runInOtherProcess } from "./node-host-other-process";
import { nodeHostSigningContract } from "./node-host-signing.contract";
import { prepare, until, untilRunning } from "./node-host-wait";

let chain: TestChain;
let rootDir: string;
let harness: NodeHostHarness;

const volumeDirOf = (volumeId: string) => join(rootDir, "volumes", volumeId);
const hostOn = (extra: { rootDir?: string; minimumFreeBytes?: number } = {}) =>
  createProcessNodeHost({ rootDir, installationId: "contract", p2pBindHost: "127.0.0.1", ...extra });

beforeAll(async () => {
  chain = await startTestChain();
  rootDir = await mkdtemp(join(tmpdir(), "omniphi-process-host-"));
  harness = {
    host: hostOn(),
    reopen: hostOn,
    spec: chain.spec,
    killNode: async (nodeId) => {
      const { runtimeRef } = await harness.host.inspect(nodeId);
      process.kill(Number(runtimeRef?.split("@")[0]), "SIGKILL");
    },
    countSigners: async ({ volumeId }) => findByHome(volumePaths(volumeDirOf(volumeId)).home).length,
    writeSignState: async (volumeId, text) => {
      const { signState } = volumePaths(volumeDirOf(volumeId));
      if (text === null) rmSync(signState, { force: true });
      else writeFileSync(signState, text);
    },
    exposeKey: (volumeId, isExposed) => chmod(volumePaths(volumeDirOf(volumeId)).key, isExposed ? 0o640 : 0o600),
    unreachable: () => {
      const blocked = join(rootDir, "a-file");
      writeFileSync(blocked, "");
      return hostOn({ rootDir: join(blocked, "root") });
    },
    full: () => hostOn({ minimumFreeBytes: Number.MAX_SAFE_INTEGER }),
    hasRealEndpoints: true,
  };
});

afterAll(async () => {
  await stopAllProcessNodes(rootDir, { graceSeconds: 5 });
  await chain.stop();
  await rm(rootDir, { recursive: true, force: true });
});

nodeHostContract("process", () => harness);
nodeHostSigningContract("process", () => ({ harness, chain }));

describe("the process host by itself", () => {
  it("writes the moniker as a value and the baseline where the binary put its own", async () => {
    const node = chain.spec({ moniker: '"; reboot #' });
    await prepare(harness.host, node);
    const { config } = volumePaths(volumeDirOf(node.volumeId));
    const comet = await readFile(join(config, "config.toml"), "utf8");
    expect(comet).toContain('\nmoniker = "\\"; reboot #"\n');
    expect(comet).toContain("\ndouble_sign_check_height = 10\n");
    expect(comet).toMatch(/\nladdr = "tcp:\/\/127\.0\.0\.1:\d+"\n/);
    expect(comet).toContain('\nindexer = "null"\n');
    expect(await readFile(join(config, "app.toml"), "utf8")).toContain('\npruning = "custom"\n');
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("keeps a node running when the process that started it is killed, and finds it again", async () => {
    const node = chain.spec();
    await prepare(harness.host, node);
    const input = { rootDir, installationId: "contract", p2pBindHost: "127.0.0.1" };
    const { signal } = await runInOtherProcess(`
      import { createProcessNodeHost } from "@/server/adapters/process/process-node-host";
      await createProcessNodeHost(${JSON.stringify(input)}).start(${JSON.stringify(node)});
      process.kill(process.pid, "SIGKILL");
    `);
    expect(signal).toBe("SIGKILL");
    const { runtimeRef } = await untilRunning(harness.host, node.nodeId);
    expect(await harness.countSigners(node)).toBe(1);
    expect((await harness.host.start(node)).runtimeRef).toBe(runtimeRef);
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("gives nothing of the product's environment to the node", async () => {
    const node = chain.spec();
    await prepare(harness.host, node);
    process.env.OMNIPHI_TEST_SECRET = "do-not-pass-on";
    await harness.host.start(node);
    const { runtimeRef } = await untilRunning(harness.host, node.nodeId);
    const supervisor = lockHolder(volumeDirOf(node.volumeId), SIGNER_LOCK);
    for (const pid of [runtimeRef?.split("@")[0], supervisor?.pid]) {
      expect(await readFile(`/proc/${pid}/environ`, "utf8")).not.toContain("do-not-pass-on");
    }
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("reserves ports that no other node gets, the same ones for one node however many ask", async () => {
    const settings = {
      rootDir: await mkdtemp(join(tmpdir(), "omniphi-ports-")),
      installationId: "ports",
      supervisorPath: "",
      p2pBindHost: "127.0.0.1",
      advertisedHost: "127.0.0.1",
      minimumFreeBytes: 0,
    };
    const nodeIds = Array.from({ length: 12 }, (_, index) => `node_${index}`);
    const asked = await Promise.all([...nodeIds, ...nodeIds].map((nodeId) => reservePorts(settings, nodeId)));
    expect(asked.slice(0, 12)).toEqual(asked.slice(12));
    expect(new Set(asked.flatMap(({ p2p, rpc, metrics }) => [p2p, rpc, metrics])).size).toBe(36);
    expect((await readdir(join(settings.rootDir, "ports"))).length).toBe(36);
    for (const nodeId of nodeIds) await releasePorts(settings, nodeId);
    expect(await readdir(join(settings.rootDir, "ports"))).toEqual([]);
  });

  it("stops all nodes with the installation and resumes those that were wanted", async () => {
    const [wanted, unwanted] = [chain.spec(), chain.spec()];
    for (const node of [wanted, unwanted]) {
      await prepare(harness.host, node);
      await harness.host.start(node);
    }
    const ports = (await untilRunning(harness.host, wanted.nodeId)).endpoints;
    await harness.host.stop(unwanted.nodeId, { graceSeconds: 20 });

    expect(await stopAllProcessNodes(rootDir)).toContain(wanted.nodeId);
    expect(await harness.countSigners(wanted)).toBe(0);
    expect((await harness.host.inspect(wanted.nodeId)).state).toBe("stopped");

    expect(resumeAllProcessNodes(rootDir)).toEqual([wanted.nodeId]);
    expect((await untilRunning(harness.host, wanted.nodeId)).endpoints).toEqual(ports);
    expect(await harness.countSigners(unwanted)).toBe(0);
    for (const node of [wanted, unwanted]) {
      await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    }
  });

  it("calls a node crashed whose supervisor was killed, and a start leaves exactly one, whether the old one still runs or not", async () => {
    const node = chain.spec();
    const volumeDir = volumeDirOf(node.volumeId);
    const signers = () => findByHome(volumePaths(volumeDir).home);
    const killSupervisor = async () => {
      const supervisor = lockHolder(volumeDir, SIGNER_LOCK);
      if (supervisor === undefined) throw new Error("A started node has a supervisor.");
      process.kill(supervisor.pid, "SIGKILL");
      await until(
        "the supervisor's end",
        async () => lockHolder(volumeDir, SIGNER_LOCK),
        (holder) => holder === undefined,
      );
    };
    await prepare(harness.host, node);
    for (const isLeftRunning of [true, false]) {
      await harness.host.start(node);
      await untilRunning(harness.host, node.nodeId);
      const before = signers();
      await killSupervisor();
      if (!isLeftRunning) {
        await until(
          "a crash",
          () => harness.host.inspect(node.nodeId),
          ({ state }) => state === "crashed",
        );
      }
      await harness.host.start(node);
      await until(
        "a new node process",
        async () => signers(),
        (found) => found.length === 1 && found[0]?.pid !== before[0]?.pid,
      );
    }
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("asks a node again that waits for its own signatures to grow old, and calls that neither a crash nor a restart", async () => {
    // The real binary behind a first start that ends as CometBFT ends when it finds a vote of its own: on a real chain that cannot be forced.
    const flag = join(rootDir, "found-once");
    const path = join(rootDir, "posd-that-waits-once");
    const { path: posd } = chain.spec().binary;
    const panic = "panic: found signature from the same key in the last 10 blocks";
    const text = `#!/bin/sh\nif [ "$1" = start ] && [ ! -e '${flag}' ]; then : > '${flag}'; echo '${panic}' >&2; exit 2; fi\nexec '${posd}' "$@"\n`;
    await writeFile(path, text, { mode: 0o755 });
    const binary = { ...chain.spec().binary, path, sha256: createHash("sha256").update(text).digest("hex") };
    const node = chain.spec({ binary });
    await prepare(harness.host, node);
    await harness.host.start(node);
    const seen = new Set<string>();
    await until(
      "it runs after the wait",
      async () => {
        const { state } = await harness.host.inspect(node.nodeId);
        seen.add(state);
        return { state, hasWaited: existsSync(flag) };
      },
      ({ state, hasWaited }) => state === "running" && hasWaited,
    );
    expect([...seen].filter((state) => !["starting", "running"].includes(state))).toEqual([]);
    expect(seen).toContain("starting");
    expect((await harness.host.inspect(node.nodeId)).restartCount).toBe(0);
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("makes a new copy of a binary that was changed on the disk, and never runs the changed one", async () => {
    const node = chain.spec();
    await prepare(harness.host, node);
    const kept = join(rootDir, "binaries", node.binary.sha256, "posd");
    await writeFile(`${kept}.spoilt`, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    await rename(`${kept}.spoilt`, kept);
    await harness.host.start(node);
    await untilRunning(harness.host, node.nodeId);
    expect((await readFile(kept)).length).toBeGreaterThan(1_000_000);
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });
});
