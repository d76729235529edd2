import { createHash, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { compareSignStates, parseSignState } from "@/lib/node-config/sign-state.mjs";
import type { CallOptions } from "@/server/ports/call-options";
import type {
  NodeHost,
  NodeHostKind,
  NodeInspection,
  NodeLogLine,
  NodeSpec,
  SignState,
} from "@/server/ports/node-host";
import {
  nodeNotFound,
  runtimeAborted,
  runtimeRefused,
  runtimeTimedOut,
  runtimeUnavailable,
  volumeNotFound,
} from "@/server/ports/node-host-errors";
import { withDeadline } from "@/server/ports/with-deadline";
import {
  changeFakeState,
  type FakeHostState,
  type FakeMethod,
  type FakeVolume,
  readFakeState,
} from "./node-host-state";

const DEADLINE_MS = 60_000;
const FIRST_SIGN_STATE: SignState = { height: "0", round: 0, step: 0 };

const ABSENT: NodeInspection = {
  state: "absent",
  runtimeRef: null,
  startedAt: null,
  exitCode: null,
  restartCount: 0,
  endpoints: null,
};

function rawEd25519PublicKey(): string {
  const der = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" });
  return der.subarray(-32).toString("base64");
}

function verifyFiles(spec: NodeSpec): void {
  for (const file of [spec.binary, spec.genesis]) {
    const found = createHash("sha256").update(readFileSync(file.path)).digest("hex");
    if (found !== file.sha256) throw runtimeRefused("checksum_mismatch", { stated: file.sha256, found });
  }
  const { chain_id: found } = JSON.parse(readFileSync(spec.genesis.path, "utf8")) as { chain_id?: string };
  if (found !== spec.chainId) throw runtimeRefused("genesis_chain_mismatch", { stated: spec.chainId });
}

function requireVolume(state: FakeHostState, volumeId: string): FakeVolume {
  const volume = state.volumes[volumeId];
  if (volume === undefined) throw volumeNotFound(volumeId);
  return volume;
}

function readSignState(volume: FakeVolume): SignState {
  if (volume.signStateText === null) throw runtimeRefused("sign_state_missing");
  const parsed = parseSignState(volume.signStateText);
  if (parsed === null) throw runtimeRefused("sign_state_invalid");
  return parsed;
}

function requireSigner(volume: FakeVolume, chainId: string): void {
  if (volume.chainId === null) throw runtimeRefused("volume_not_initialised");
  if (volume.chainId !== chainId) throw runtimeRefused("volume_chain_mismatch", { found: volume.chainId });
  if (volume.isKeyExposed) throw runtimeRefused("private_key_exposed");
  const current = readSignState(volume);
  if (volume.signMark !== null && compareSignStates(current, volume.signMark) < 0) {
    throw runtimeRefused("sign_state_regressed");
  }
  volume.signMark = current;
}

export type FakeNodeHostInput = {
  /** The host's whole memory; every process that is given the same file sees the same host. */
  readonly stateFile: string;
  readonly kind?: NodeHostKind;
  /** What running nodes are said to answer at, e.g. the RPC of a real chain. */
  readonly rpcUrl?: string;
};

/**
 * A node host that runs nothing and remembers everything in one file: same answers and refusals as the real ones (it passes their contract), with
 * faults, hangs and kills on demand before or after each method's effect. Driven by `fakeNodeHostControl` on the same file.
 */
export function createFakeNodeHost({
  stateFile,
  kind = "process",
  rpcUrl = "http://127.0.0.1:9",
}: FakeNodeHostInput): NodeHost {
  async function strike(method: FakeMethod, when: "before" | "after", signal: AbortSignal): Promise<void> {
    const action = changeFakeState(stateFile, (state) => {
      const fault = state.faults.find((candidate) => candidate.method === method && candidate.when === when);
      if (fault === undefined) return undefined;
      state.faults = state.faults.flatMap((other) =>
        other !== fault ? [other] : fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [],
      );
      if (fault.action === "hang") state.hung.push(`${method}:${when}`);
      return fault.action;
    });
    if (action === "fail") throw runtimeUnavailable("The fake host");
    if (action === "kill") process.kill(process.pid, "SIGKILL");
    if (action === undefined) return;
    while (readFakeState(stateFile).hung.includes(`${method}:${when}`)) {
      if (signal.aborted) throw signal.reason;
      await delay(20, undefined, { signal });
    }
  }

  async function call<Result>(
    method: FakeMethod,
    options: CallOptions | undefined,
    work: (state: FakeHostState, effect: () => void) => Result,
  ): Promise<Result> {
    const ends = { onTimeout: () => runtimeTimedOut(method), onAbort: () => runtimeAborted(method) };
    return await withDeadline({ options, defaultMs: DEADLINE_MS, ...ends }, async (signal) => {
      if (readFakeState(stateFile).isDown) throw runtimeUnavailable("The fake host");
      await strike(method, "before", signal);
      const result = changeFakeState(stateFile, (state) => {
        state.calls[method] = (state.calls[method] ?? 0) + 1;
        const effect = () => {
          state.effects[method] = (state.effects[method] ?? 0) + 1;
        };
        return work(state, effect);
      });
      await strike(method, "after", signal);
      return result;
    });
  }

  function inspection(state: FakeHostState, nodeId: string): NodeInspection {
    const node = state.nodes[nodeId];
    if (node === undefined) return ABSENT;
    const isRunning = node.state === "running";
    return {
      state: node.state,
      runtimeRef: isRunning ? node.runtimeRef : null,
      startedAt: isRunning ? node.startedAt : null,
      exitCode: node.exitCode,
      restartCount: node.restartCount,
      endpoints: { rpcUrl, p2pAddress: "127.0.0.1:26656" },
    };
  }

  function requireNode(state: FakeHostState, nodeId: string) {
    const node = state.nodes[nodeId];
    if (node === undefined) throw nodeNotFound(nodeId);
    return node;
  }

  const logsOf = (nodeId: string): NodeLogLine[] | undefined => readFakeState(stateFile).nodes[nodeId]?.logs;

  async function* follow(nodeId: string, tail: number, signal: AbortSignal): AsyncGenerator<NodeLogLine> {
    let shown = Math.max(0, (logsOf(nodeId)?.length ?? 0) - tail);
    while (!signal.aborted) {
      const lines = logsOf(nodeId);
      if (lines === undefined) return;
      yield* lines.slice(shown);
      shown = lines.length;
      await delay(20, undefined, { signal }).catch(() => {});
    }
  }

  return {
    kind,
    ping: (options) => call("ping", options, () => ({ version: "fake" })),
    ensureVolume: ({ volumeId }, options) =>
      call("ensureVolume", options, (state, effect) => {
        if (state.volumes[volumeId] !== undefined) return;
        if (state.isFull) throw runtimeRefused("disk_full");
        effect();
        state.volumes[volumeId] = {
          chainId: null,
          consensusPubkeyBase64: null,
          cometNodeId: null,
          signStateText: null,
          signMark: null,
          isKeyExposed: false,
        };
      }),
    inspectVolume: (volumeId, options) =>
      call("inspectVolume", options, (state) => {
        const volume = state.volumes[volumeId];
        if (volume === undefined) return { exists: false, initialised: false, signState: null };
        if (volume.chainId === null) return { exists: true, initialised: false, signState: null };
        return { exists: true, initialised: true, signState: readSignState(volume) };
      }),
    initialise: (spec, options) =>
      call("initialise", options, (state, effect) => {
        const volume = requireVolume(state, spec.volumeId);
        verifyFiles(spec);
        if (volume.chainId !== null) return requireSigner(volume, spec.chainId);
        if (state.isFull) throw runtimeRefused("disk_full");
        effect();
        volume.chainId = spec.chainId;
        volume.consensusPubkeyBase64 = rawEd25519PublicKey();
        volume.cometNodeId = randomBytes(20).toString("hex");
        volume.signStateText = JSON.stringify(FIRST_SIGN_STATE);
        volume.signMark = FIRST_SIGN_STATE;
      }),
    readIdentity: (spec, options) =>
      call("readIdentity", options, (state) => {
        const volume = requireVolume(state, spec.volumeId);
        requireSigner(volume, spec.chainId);
        if (volume.consensusPubkeyBase64 === null || volume.cometNodeId === null) throw runtimeRefused("key_missing");
        return { nodeId: volume.cometNodeId, consensusPubkeyBase64: volume.consensusPubkeyBase64 };
      }),
    start: (spec, options) =>
      call("start", options, (state, effect) => {
        const volume = requireVolume(state, spec.volumeId);
        const known = state.nodes[spec.nodeId];
        if (known?.state === "running") return inspection(state, spec.nodeId);
        const isHeld = Object.entries(state.nodes).some(
          ([nodeId, node]) => nodeId !== spec.nodeId && node.volumeId === spec.volumeId && node.state === "running",
        );
        if (isHeld) throw runtimeRefused("volume_in_use");
        requireSigner(volume, spec.chainId);
        verifyFiles(spec);
        if (state.isFull) throw runtimeRefused("disk_full");
        effect();
        const at = new Date().toISOString();
        state.nodes[spec.nodeId] = {
          volumeId: spec.volumeId,
          state: "running",
          startedAt: at,
          runtimeRef: `fake-${randomUUID()}`,
          restartCount: 0,
          exitCode: null,
          logs: [...(known?.logs ?? []), { at, stream: "stdout", text: `starting ${spec.moniker}` }],
        };
        return inspection(state, spec.nodeId);
      }),
    stop: (nodeId, _input, options) =>
      call("stop", options, (state, effect) => {
        const node = requireNode(state, nodeId);
        if (node.state === "running") {
          effect();
          node.state = "stopped";
          node.exitCode = 0;
          const volume = state.volumes[node.volumeId];
          if (volume?.signStateText != null) volume.signMark = parseSignState(volume.signStateText) ?? volume.signMark;
        }
        return inspection(state, nodeId);
      }),
    remove: (nodeId, { volumeId, removeVolume }, options) =>
      call("remove", options, (state, effect) => {
        if (state.nodes[nodeId] !== undefined) effect();
        delete state.nodes[nodeId];
        if (!removeVolume) return;
        const isHeld = Object.values(state.nodes).some(
          (node) => node.volumeId === volumeId && node.state === "running",
        );
        if (isHeld) throw runtimeRefused("volume_in_use");
        delete state.volumes[volumeId];
      }),
    inspect: (nodeId, options) => call("inspect", options, (state) => inspection(state, nodeId)),
    list: (options) =>
      call("list", options, (state) => ({
        nodeIds: Object.keys(state.nodes),
        volumeIds: Object.keys(state.volumes),
      })),
    stats: (nodeId, options) =>
      call("stats", options, (state) => {
        const isRunning = requireNode(state, nodeId).state === "running";
        return {
          cpuPercent: isRunning ? 1 : null,
          memoryBytes: isRunning ? 64 * 1024 ** 2 : null,
          volumeBytes: 1024 ** 2,
          volumeFreeBytes: 1024 ** 3,
          measuredAt: new Date().toISOString(),
        };
      }),
    logs: (nodeId, { tail }, options) =>
      call("logs", options, (state) => (tail <= 0 ? [] : requireNode(state, nodeId).logs.slice(-tail))),
    followLogs: (nodeId, { tail }, { signal }) => follow(nodeId, tail, signal),
  };
}
