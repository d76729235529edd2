import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { nodeConfigEdits } from "@/lib/node-config/node-config";
import { setTomlValues } from "@/lib/node-config/toml-lines";
import { createDurably, readJson, writeDurably } from "@/lib/os/durable-file.mjs";
import type { NodeSpec, VolumeInspection } from "@/server/ports/node-host";
import { runtimeRefused, volumeNotFound } from "@/server/ports/node-host-errors";
import { volumePaths } from "./node-layout.mjs";
import { readGenesis, storeBinary } from "./pinned-files";
import { type NodePorts, reservePorts } from "./ports";
import { isThere, type ProcessHostSettings, volumeDirectory } from "./process-root";
import { runPosd } from "./run-posd";
import { checkSigner, readSignState } from "./sign-guard.mjs";

/** Written into the home before the home gets its name, so a home without it cannot be. */
const FACTS_FILE = "omniphi-volume.json";
const homeFactsSchema = z.object({ chainId: z.string() });
const ABANDONED_AFTER_MS = 10 * 60_000;

/** @throws upstream_rejected `runtime.disk_full` when less is free than the volume needs, capped at the host's minimum */
export async function requireSpace(settings: ProcessHostSettings, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(resolve(settings.rootDir));
  const freeBytes = bavail * bsize;
  if (freeBytes < Math.min(neededBytes, settings.minimumFreeBytes)) throw runtimeRefused("disk_full", { freeBytes });
}

export async function ensureVolume(
  settings: ProcessHostSettings,
  input: { volumeId: string; nodeId: string; sizeBytes: number },
): Promise<void> {
  const directory = volumeDirectory(settings, input.volumeId);
  if (await isThere(volumePaths(directory).facts)) return;
  await requireSpace(settings, input.sizeBytes);
  const facts = {
    installationId: settings.installationId,
    volumeId: input.volumeId,
    createdAt: new Date().toISOString(),
  };
  createDurably(volumePaths(directory).facts, JSON.stringify(facts));
}

export async function requireVolume(settings: ProcessHostSettings, volumeId: string): Promise<string> {
  const directory = volumeDirectory(settings, volumeId);
  if (!(await isThere(volumePaths(directory).facts))) throw volumeNotFound(volumeId);
  return directory;
}

function homeFacts(directory: string) {
  return homeFactsSchema.safeParse(readJson(join(volumePaths(directory).home, FACTS_FILE))).data;
}

/** @throws upstream_rejected when the volume was never initialised, is of another chain, or its key or sign state forbids a start */
export function requireSigner(directory: string, chainId: string): void {
  const facts = homeFacts(directory);
  if (facts === undefined) throw runtimeRefused("volume_not_initialised");
  if (facts.chainId !== chainId)
    throw runtimeRefused("volume_chain_mismatch", { stated: chainId, found: facts.chainId });
  const { problem } = checkSigner(directory);
  if (problem !== undefined) throw runtimeRefused(problem);
}

export async function inspectVolume(settings: ProcessHostSettings, volumeId: string): Promise<VolumeInspection> {
  const directory = volumeDirectory(settings, volumeId);
  if (!(await isThere(volumePaths(directory).facts))) return { exists: false, initialised: false, signState: null };
  if (homeFacts(directory) === undefined) return { exists: true, initialised: false, signState: null };
  const { state, problem } = readSignState(directory);
  if (problem !== undefined) throw runtimeRefused(problem);
  return { exists: true, initialised: true, signState: state };
}

async function removeAbandonedHomes(directory: string): Promise<void> {
  for (const entry of await readdir(directory)) {
    if (!entry.startsWith("home.new-")) continue;
    const { mtimeMs } = await stat(join(directory, entry));
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(join(directory, entry), { recursive: true, force: true });
  }
}

/** The home appears with keys, sign state and genesis complete, by one rename; of racing calls one home stays and the others' keys are dropped. */
async function makeHome(directory: string, spec: NodeSpec, binaryPath: string, genesis: Buffer, signal: AbortSignal) {
  await removeAbandonedHomes(directory);
  const draft = join(directory, `home.new-${randomUUID()}`);
  await mkdir(draft, { mode: 0o700 });
  try {
    // The name is ours; the user's own is written into config.toml as a value.
    await runPosd(binaryPath, ["init", "validator", "--chain-id", spec.chainId, "--home", draft], draft, signal);
    writeDurably(join(draft, "config", "genesis.json"), genesis, 0o644);
    writeDurably(
      join(draft, FACTS_FILE),
      JSON.stringify({ chainId: spec.chainId, initialisedAt: new Date().toISOString() }),
    );
    await rename(draft, volumePaths(directory).home);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    const isLost =
      thrown instanceof Error && "code" in thrown && (thrown.code === "ENOTEMPTY" || thrown.code === "EEXIST");
    if (!isLost) throw thrown;
  }
}

/** Brings the three files under `config/` to the product's baseline for these ports; every other line stays as the binary wrote it. */
export async function writeConfig(
  settings: ProcessHostSettings,
  spec: NodeSpec,
  directory: string,
  ports: NodePorts,
): Promise<void> {
  const listeners = {
    rpcUrl: `tcp://127.0.0.1:${ports.rpc}`,
    p2pUrl: `tcp://${settings.p2pBindHost}:${ports.p2p}`,
    metricsAddress: `127.0.0.1:${ports.metrics}`,
  };
  let edits: ReturnType<typeof nodeConfigEdits>;
  try {
    edits = nodeConfigEdits({ ...spec, listeners });
  } catch (thrown) {
    throw runtimeRefused("invalid_spec", { reason: String(thrown) }, thrown);
  }
  for (const [file, fileEdits] of Object.entries(edits)) {
    const path = join(volumePaths(directory).config, file);
    const before = await readFile(path, "utf8");
    let after: string;
    try {
      after = setTomlValues(before, fileEdits);
    } catch (thrown) {
      throw runtimeRefused("config_unsupported", { file, reason: String(thrown) }, thrown);
    }
    if (after !== before) writeDurably(path, after, 0o644);
  }
}

export async function initialiseVolume(
  settings: ProcessHostSettings,
  spec: NodeSpec,
  signal: AbortSignal,
): Promise<void> {
  const directory = await requireVolume(settings, spec.volumeId);
  const binaryPath = await storeBinary(settings.rootDir, spec.binary, signal);
  const genesis = await readGenesis(spec.genesis, spec.chainId);
  await requireSpace(settings, settings.minimumFreeBytes);
  const paths = volumePaths(directory);
  if (!(await isThere(paths.home))) await makeHome(directory, spec, binaryPath, genesis, signal);
  requireSigner(directory, spec.chainId);
  const current = await readFile(paths.genesis).catch(() => null);
  if (current === null || !current.equals(genesis)) writeDurably(paths.genesis, genesis, 0o644);
  await writeConfig(settings, spec, directory, await reservePorts(settings, spec.nodeId));
}
