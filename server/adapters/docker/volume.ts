import { statfs } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { nodeConfigEdits } from "@/lib/node-config/node-config";
import { replaceLoopbackHosts } from "@/lib/node-config/peers";
import { compareSignStates, parseSignState } from "@/lib/node-config/sign-state.mjs";
import { setTomlValues } from "@/lib/node-config/toml-lines";
import type { NodeSpec, SignState, VolumeInspection } from "@/server/ports/node-host";
import { runtimeRefused, volumeNotFound } from "@/server/ports/node-host-errors";
import { METRICS_PORT, oneShotOptions, P2P_PORT, RPC_PORT } from "./container-options";
import type { DockerApi } from "./docker-api";
import { type DockerHostSettings, LABEL, volumeName } from "./docker-names";
import { ensureNetwork } from "./network";
import type { NodeImages } from "./node-image";
import { oneShotName, requireSuccess } from "./one-shot";
import { readGenesis } from "./pinned-files";
import { type VolumeFiles, withVolumeFiles } from "./volume-files";

/** What the parts of the adapter share. */
export type DockerParts = {
  readonly api: DockerApi;
  readonly images: NodeImages;
  readonly settings: DockerHostSettings;
};

/** Written last by initialise: a volume without it was never run. */
const FACTS = "volume.json";
const SIGN_MARK = "sign-mark.json";
const KEY = "home/config/priv_validator_key.json";
const SIGN_STATE = "home/data/priv_validator_state.json";
const GENESIS = "home/config/genesis.json";
const BLOCKS = "home/data/blockstore.db";
const factsSchema = z.object({ chainId: z.string() });

const text = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** Looks at the Engine's own disk, where this process can see it: the control plane runs on the Docker host. */
export async function requireSpace({ api, settings }: DockerParts, neededBytes: number): Promise<void> {
  const { DockerRootDir: path } = await api.info();
  const found = await statfs(path).catch(() => null);
  if (found === null) return;
  const freeBytes = found.bavail * found.bsize;
  if (freeBytes < Math.min(neededBytes, settings.minimumFreeBytes)) throw runtimeRefused("disk_full", { freeBytes });
}

async function findVolume({ api, settings }: DockerParts, volumeId: string): Promise<boolean> {
  const found = await api.inspectVolume(volumeName(volumeId));
  if (found === null) return false;
  if (found.Labels?.[LABEL.installation] === settings.installationId) return true;
  throw runtimeRefused("refused", { rawCode: "volume_of_another_installation" });
}

export async function ensureVolume(
  parts: DockerParts,
  input: { volumeId: string; nodeId: string; sizeBytes: number },
): Promise<void> {
  if (await findVolume(parts, input.volumeId)) return;
  await requireSpace(parts, input.sizeBytes);
  await parts.api.createVolume(volumeName(input.volumeId), {
    [LABEL.installation]: parts.settings.installationId,
    [LABEL.volume]: input.volumeId,
    [LABEL.node]: input.nodeId,
  });
}

export async function requireVolume(parts: DockerParts, volumeId: string): Promise<void> {
  if (!(await findVolume(parts, volumeId))) throw volumeNotFound(volumeId);
}

const READ_TRIES = 5;

/**
 * What a read finds once it finds something. The engine puts a file by removing and writing it, so while another process initialises the same
 * volume it may be met half written or not at all, and whole a moment later.
 */
async function settled<Found>(read: () => Promise<Found>): Promise<Found> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const found = await read();
      if (found !== undefined || attempt === READ_TRIES) return found;
    } catch (thrown) {
      if (attempt === READ_TRIES) throw thrown;
    }
    await delay(50 * attempt);
  }
}

async function readFacts(files: VolumeFiles) {
  const found = await files.readText(FACTS);
  return found === null ? undefined : factsSchema.safeParse(JSON.parse(found)).data;
}

async function readSignState(files: VolumeFiles): Promise<SignState> {
  const found = await files.readText(SIGN_STATE);
  if (found === null) throw runtimeRefused("sign_state_missing");
  const state = parseSignState(found);
  if (state === null) throw runtimeRefused("sign_state_invalid");
  return state;
}

/** Keeps the highest sign state ever seen beside the home, where the node cannot write. @throws upstream_rejected `runtime.sign_state_regressed` */
export async function raiseSignMark(files: VolumeFiles): Promise<void> {
  const state = await readSignState(files);
  const markText = await files.readText(SIGN_MARK);
  const mark = markText === null ? null : parseSignState(markText);
  if (markText !== null && mark === null) throw runtimeRefused("sign_state_invalid");
  if (mark !== null && compareSignStates(state, mark) < 0) throw runtimeRefused("sign_state_regressed");
  if (mark === null || compareSignStates(state, mark) > 0) await files.write(SIGN_MARK, text(state), { isOurs: true });
}

/** @throws upstream_rejected when the volume was never initialised, is of another chain, or its key or sign state forbids a start */
export async function requireSigner(files: VolumeFiles, chainId: string): Promise<void> {
  const facts = await settled(() => readFacts(files));
  if (facts === undefined) throw runtimeRefused("volume_not_initialised");
  if (facts.chainId !== chainId)
    throw runtimeRefused("volume_chain_mismatch", { stated: chainId, found: facts.chainId });
  const keyMode = await files.mode(KEY);
  if (keyMode === null) throw runtimeRefused("key_missing");
  if ((keyMode & 0o077) !== 0) throw runtimeRefused("private_key_exposed");
  await raiseSignMark(files);
}

export async function inspectVolume(parts: DockerParts, volumeId: string): Promise<VolumeInspection> {
  if (!(await findVolume(parts, volumeId))) return { exists: false, initialised: false, signState: null };
  return await withVolumeFiles(parts, volumeId, async (files) => {
    if ((await readFacts(files)) === undefined) return { exists: true, initialised: false, signState: null };
    return { exists: true, initialised: true, signState: await readSignState(files) };
  });
}

/** A file as it is and as it has to be. */
async function editedConfig(
  files: VolumeFiles,
  path: string,
  edits: Parameters<typeof setTomlValues>[1],
): Promise<{ before: string; after: string }> {
  return await settled(async () => {
    const before = (await files.readText(path)) ?? "";
    return { before, after: setTomlValues(before, edits) };
  });
}

/** Brings the three files under `config/` to the product's baseline; every other line stays as the binary wrote it. */
export async function writeConfig(parts: DockerParts, spec: NodeSpec, files: VolumeFiles): Promise<void> {
  const { gateway } = await ensureNetwork(parts.api, parts.settings);
  const listeners = {
    rpcUrl: `tcp://0.0.0.0:${RPC_PORT}`,
    p2pUrl: `tcp://0.0.0.0:${P2P_PORT}`,
    metricsAddress: `0.0.0.0:${METRICS_PORT}`,
  };
  let edits: ReturnType<typeof nodeConfigEdits>;
  try {
    edits = nodeConfigEdits({
      ...spec,
      persistentPeers: replaceLoopbackHosts(spec.persistentPeers, gateway),
      seeds: replaceLoopbackHosts(spec.seeds, gateway),
      listeners,
    });
  } catch (thrown) {
    throw runtimeRefused("invalid_spec", { reason: String(thrown) }, thrown);
  }
  for (const [file, fileEdits] of Object.entries(edits)) {
    const path = `home/config/${file}`;
    const { before, after } = await editedConfig(files, path, fileEdits).catch((thrown: unknown) => {
      throw runtimeRefused("config_unsupported", { file, reason: String(thrown) }, thrown);
    });
    if (after !== before) await files.write(path, text(after));
  }
}

async function wasCutBetweenKeyAndState(files: VolumeFiles): Promise<boolean> {
  if ((await files.mode(KEY)) === null || (await files.mode(SIGN_STATE)) !== null) return false;
  const hasRun = (await files.mode(BLOCKS)) !== null || (await files.readText(SIGN_MARK)) !== null;
  if (hasRun) throw runtimeRefused("sign_state_missing");
  return true;
}

/**
 * Makes keys by the binary's own init. Its container's name is the claim: it is taken before and given back after the volume's facts are
 * written, so whoever meets it waits for its end and carries on from there, which writes the same bytes.
 */
async function makeHome(
  parts: DockerParts,
  spec: NodeSpec,
  genesis: Buffer,
  imageId: string,
  signal: AbortSignal,
): Promise<void> {
  const { api, settings } = parts;
  const name = oneShotName("init", spec.volumeId);
  const inFiles = <Result>(work: (files: VolumeFiles) => Promise<Result>) =>
    withVolumeFiles(parts, spec.volumeId, work);
  for (;;) {
    signal.throwIfAborted();
    if ((await inFiles(readFacts)) !== undefined) return;
    if (await inFiles(wasCutBetweenKeyAndState)) {
      // Nobody has seen this key and nothing has run on it: init was killed halfway, and a second one would refuse the half.
      const claimed = await api.inspectContainer(name);
      if (claimed?.State.Status === "running") await api.waitForExit(claimed.Id, signal);
      if (claimed !== null) await api.removeContainer(claimed.Id);
      if (!(await inFiles(wasCutBetweenKeyAndState))) continue;
      await api.removeVolume(volumeName(spec.volumeId));
      await ensureVolume(parts, { ...spec, sizeBytes: 0 });
      continue;
    }
    const args = ["init", "validator", "--chain-id", spec.chainId, "--overwrite"];
    const made = await api.createContainer(oneShotOptions(settings, { name, imageId, volumeId: spec.volumeId, args }));
    const claim = made ?? (await api.inspectContainer(name))?.Id;
    if (claim === undefined) continue;
    try {
      const isDone = await inFiles(async (files) => {
        if ((await readFacts(files)) !== undefined) return true;
        await files.makeHome();
        return false;
      });
      if (isDone) return;
      if ((await api.inspectContainer(claim))?.State.Status === "created") await api.startContainer(claim);
      try {
        await requireSuccess(api, claim, "init", signal);
      } catch (thrown) {
        if (made !== null) throw thrown;
        // Another's attempt failed, perhaps because it was cut short; ours may not.
        continue;
      }
      await inFiles(async (files) => {
        await files.write(GENESIS, genesis);
        await files.write(FACTS, text({ chainId: spec.chainId, initialisedAt: new Date().toISOString() }), {
          isOurs: true,
        });
      });
      return;
    } finally {
      await api.removeContainer(claim);
    }
  }
}

export async function initialiseVolume(parts: DockerParts, spec: NodeSpec, signal: AbortSignal): Promise<void> {
  await requireVolume(parts, spec.volumeId);
  const imageId = await parts.images.ensure(spec.binary);
  const genesis = await readGenesis(spec.genesis, spec.chainId);
  await requireSpace(parts, parts.settings.minimumFreeBytes);
  await makeHome(parts, spec, genesis, imageId, signal);
  await withVolumeFiles(parts, spec.volumeId, async (files) => {
    await requireSigner(files, spec.chainId);
    if ((await files.readText(GENESIS)) !== genesis.toString("utf8")) await files.write(GENESIS, genesis);
    await writeConfig(parts, spec, files);
  });
}
