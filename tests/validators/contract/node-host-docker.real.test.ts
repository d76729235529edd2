import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDockerNodeHost } from "@/server/adapters/docker/docker-node-host";
import { tarChunks } from "@/server/adapters/docker/tar";
import { ensureDocker } from "@/tests/support/docker";
import { lateBy } from "@/tests/support/late-by";
import { nodeHostContract } from "./node-host.contract";
import { startTestChain, type TestChain } from "./node-host-chain";
import type { NodeHostHarness } from "./node-host-harness";
import { nodeHostSigningContract } from "./node-host-signing.contract";
import { prepare, refusalOf, until, untilRunning } from "./node-host-wait";

const installationId = `contract-${randomUUID().slice(0, 8)}`;
let chain: TestChain;
let docker: Docker;
let socketPath: string;
let harness: NodeHostHarness;

const hostOn = (extra: { socketPath?: string; minimumFreeBytes?: number } = {}) =>
  createDockerNodeHost({ socketPath, installationId, p2pBindHost: "127.0.0.1", ...extra });
const containerOf = (nodeId: string) => docker.getContainer(`omniphi-validator-${nodeId}`);

async function processIdOf(nodeId: string): Promise<number> {
  const { State } = await containerOf(nodeId).inspect();
  return State.Pid;
}

/** Where the Engine keeps the volume, for the tests that spoil files in it; the adapter itself never goes there. */
async function volumeDirectory(volumeId: string): Promise<string> {
  const found = (await docker.getVolume(`omniphi-val-${volumeId}`).inspect()) as { Mountpoint: string };
  return found.Mountpoint;
}

async function removeEverything(): Promise<void> {
  const filters = { label: [`omniphi.installation=${installationId}`] };
  for (const { Id } of await docker.listContainers({ all: true, filters })) {
    await docker.getContainer(Id).remove({ force: true });
  }
  for (const { Name } of (await docker.listVolumes({ filters })).Volumes) await docker.getVolume(Name).remove();
  for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove();
}

beforeAll(async () => {
  socketPath = await ensureDocker();
  docker = new Docker({ socketPath });
  chain = await startTestChain();
  harness = {
    host: hostOn(),
    reopen: hostOn,
    spec: chain.spec,
    killNode: async (nodeId) => void process.kill(await processIdOf(nodeId), "SIGKILL"),
    countSigners: async ({ volumeId }) => {
      const users = await docker.listContainers({
        filters: { volume: [`omniphi-val-${volumeId}`], status: ["running"] },
      });
      return users.length;
    },
    writeSignState: async (volumeId, text) => {
      const path = join(await volumeDirectory(volumeId), "home", "data", "priv_validator_state.json");
      if (text === null) await rm(path, { force: true });
      else await writeFile(path, text);
    },
    exposeKey: async (volumeId, isExposed) =>
      chmod(
        join(await volumeDirectory(volumeId), "home", "config", "priv_validator_key.json"),
        isExposed ? 0o640 : 0o600,
      ),
    unreachable: () => hostOn({ socketPath: join(tmpdir(), `no-engine-${randomUUID()}.sock`) }),
    full: () => hostOn({ minimumFreeBytes: Number.MAX_SAFE_INTEGER }),
    hasRealEndpoints: true,
  };
});

afterAll(async () => {
  await removeEverything();
  await chain.stop();
});

nodeHostContract("docker", () => harness);
nodeHostSigningContract("docker", () => ({ harness, chain }));

describe("the docker host by itself", () => {
  it("confines the node and publishes P2P alone", async () => {
    const node = chain.spec({
      moniker: '"; reboot #',
      cpuMillicores: 500,
      memoryBytes: 512 * 1024 ** 2,
      pidsLimit: 300,
    });
    await prepare(harness.host, node);
    await harness.host.start(node);
    const { endpoints } = await untilRunning(harness.host, node.nodeId);
    const facts = await containerOf(node.nodeId).inspect();
    expect(facts.Config.User).toBe("1000:1000");
    expect(facts.HostConfig).toMatchObject({
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      NanoCpus: 500_000_000,
      Memory: 512 * 1024 ** 2,
      PidsLimit: 300,
      Privileged: false,
      NetworkMode: `omniphi-validator-network-${installationId}`,
      RestartPolicy: { Name: "unless-stopped" },
      LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
    });
    expect(facts.HostConfig.Tmpfs).toHaveProperty("/tmp");
    expect(Object.keys(facts.NetworkSettings.Ports)).toEqual(["26656/tcp"]);
    expect(facts.Mounts.map((mount) => [mount.Type, mount.Destination])).toEqual([["volume", "/volume"]]);
    expect(facts.Config.Labels).toMatchObject({
      "omniphi.installation": installationId,
      "omniphi.node": node.nodeId,
      "omniphi.volume": node.volumeId,
    });
    expect(endpoints?.p2pAddress).toMatch(/^127\.0\.0\.1:\d+$/);

    // What the kernel says of the process itself: no user but 1000, no capability, no way to one.
    const status = await readFile(`/proc/${await processIdOf(node.nodeId)}/status`, "utf8");
    expect(status).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
    expect(status).toMatch(/^CapEff:\t0{16}$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    const config = await readFile(join(await volumeDirectory(node.volumeId), "home", "config", "config.toml"), "utf8");
    expect(config).toContain('\nmoniker = "\\"; reboot #"\n');
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("calls a node crashed that was killed through the Engine, which then does not bring it back", async () => {
    const node = chain.spec();
    await prepare(harness.host, node);
    await harness.host.start(node);
    await untilRunning(harness.host, node.nodeId);
    await containerOf(node.nodeId).kill();
    const seen = await until(
      "the end",
      () => harness.host.inspect(node.nodeId),
      ({ runtimeRef }) => runtimeRef === null,
    );
    expect(seen).toMatchObject({ state: "crashed", exitCode: 137, endpoints: null });
    await harness.host.start(node);
    await untilRunning(harness.host, node.nodeId);
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it.each(["was never started", "ended with an error"])(
    "takes up an init that a crash left and that %s",
    async (fate) => {
      const node = chain.spec();
      await harness.host.ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 });
      const image = `omniphi-node:${node.binary.sha256}`;
      const leftOver = await docker.createContainer({
        name: `omniphi-init-omniphi-val-${node.volumeId}`,
        Image: image,
        Entrypoint: ["/posd"],
        Cmd: ["init", "validator", "--chain-id", node.chainId, "--home", "/volume/home"],
        User: "1000:1000",
        Env: ["HOME=/tmp"],
        Labels: { "omniphi.installation": installationId, "omniphi.role": "one-shot", "omniphi.volume": node.volumeId },
        HostConfig: { Binds: [`omniphi-val-${node.volumeId}:/volume:nocopy`], NetworkMode: "none" },
      });
      if (fate === "ended with an error") await leftOver.start();
      await harness.host.initialise(node);
      expect((await harness.host.readIdentity(node)).nodeId).toMatch(/^[0-9a-f]{40}$/);
      const left = await docker.listContainers({ all: true, filters: { label: [`omniphi.volume=${node.volumeId}`] } });
      expect(left).toEqual([]);
      await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
    },
  );

  it("begins a volume again whose init was cut between the key and the sign state, unless a node has run on it", async () => {
    const node = chain.spec();
    await harness.host.ensureVolume({ volumeId: node.volumeId, nodeId: node.nodeId, sizeBytes: 1 });
    const home = join(await volumeDirectory(node.volumeId), "home");
    const key = join(home, "config", "priv_validator_key.json");
    await mkdir(join(home, "config"), { recursive: true });
    await mkdir(join(home, "data", "blockstore.db"), { recursive: true });
    await writeFile(key, "half", { mode: 0o600 });
    expect(await refusalOf(harness.host.initialise(node))).toBe("runtime.sign_state_missing");
    expect(await readFile(key, "utf8")).toBe("half");
    await rm(join(home, "data"), { recursive: true });
    await harness.host.initialise(node);
    expect((await harness.host.readIdentity(node)).nodeId).toMatch(/^[0-9a-f]{40}$/);
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("never runs an image whose binary is not the stated one, whatever its tag says", async () => {
    const node = chain.spec();
    const name = `omniphi-node:${node.binary.sha256}`;
    await docker.getImage(name).remove({ force: true });
    const entry = { path: "posd", mode: 0o755, uid: 0, gid: 0, bytes: Buffer.from("another program") };
    const archive = Readable.from(tarChunks([entry]), { objectMode: false });
    const answer = await docker.importImage(archive, { repo: "omniphi-node", tag: node.binary.sha256 });
    for await (const _chunk of answer);
    const foreignId = (await docker.getImage(name).inspect()).Id;
    await prepare(hostOn(), node);
    expect((await docker.getImage(name).inspect()).Id).not.toBe(foreignId);
    await harness.host.remove(node.nodeId, { volumeId: node.volumeId, removeVolume: true });
  });

  it("is unavailable within two and a half seconds when a frozen engine takes the call and says nothing", async () => {
    const path = join(tmpdir(), `frozen-${randomUUID()}.sock`);
    const frozen = createServer(() => {});
    await new Promise<void>((done) => frozen.listen(path, done));
    const { value: refusal, lateMs } = await lateBy(2_000, () =>
      refusalOf(hostOn({ socketPath: path }).inspect(chain.spec().nodeId)),
    );
    expect(refusal).toBe("runtime.unavailable");
    expect(lateMs).toBeLessThan(500);
    frozen.close();
  });
});
