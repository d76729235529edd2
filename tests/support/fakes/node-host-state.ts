import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeAtomically } from "@/lib/os/durable-file.mjs";
import { acquireLock } from "@/lib/os/generation-lock.mjs";
import type { NodeHost, NodeLogLine, SignState } from "@/server/ports/node-host";

/** Methods that a fault can be put on. */
export type FakeMethod = Exclude<keyof NodeHost, "kind" | "followLogs">;

/**
 * What goes wrong at a method, `before` or `after` it took effect: `fail` throws `runtime.unavailable`, `hang` never answers, `kill` ends the
 * calling process at once (SIGKILL), as a crash at exactly that point would.
 */
export type Fault = {
  readonly method: FakeMethod;
  readonly when: "before" | "after";
  readonly action: "fail" | "hang" | "kill";
  readonly times: number;
};

export type FakeVolume = {
  chainId: string | null;
  consensusPubkeyBase64: string | null;
  cometNodeId: string | null;
  /** The sign state's file: absent (null), or its text, which a test may spoil. */
  signStateText: string | null;
  signMark: SignState | null;
  /** Whether others on the host could read the private key. */
  isKeyExposed: boolean;
};

export type FakeNode = {
  volumeId: string;
  state: "running" | "stopped";
  startedAt: string;
  runtimeRef: string;
  restartCount: number;
  exitCode: number | null;
  logs: NodeLogLine[];
};

/** Everything of one fake host; kept in one file so that other processes find it. */
export type FakeHostState = {
  isDown: boolean;
  isFull: boolean;
  faults: Fault[];
  /** `<method>:<before|after>` of every call that hangs, until it is let go. */
  hung: string[];
  calls: Partial<Record<FakeMethod, number>>;
  /** How often a method really changed something. */
  effects: Partial<Record<FakeMethod, number>>;
  volumes: Record<string, FakeVolume>;
  nodes: Record<string, FakeNode>;
};

const EMPTY: FakeHostState = {
  isDown: false,
  isFull: false,
  faults: [],
  hung: [],
  calls: {},
  effects: {},
  volumes: {},
  nodes: {},
};

export function readFakeState(stateFile: string): FakeHostState {
  try {
    return JSON.parse(readFileSync(stateFile, "utf8")) as FakeHostState;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return structuredClone(EMPTY);
    throw thrown;
  }
}

const LOCK_TRIES = 2_000;

/** Changes the state under a lock that processes share; `change` is synchronous, so calls of one process cannot interleave either. */
export function changeFakeState<Result>(stateFile: string, change: (state: FakeHostState) => Result): Result {
  for (let attempt = 0; attempt < LOCK_TRIES; attempt += 1) {
    const lock = acquireLock(dirname(stateFile), "fake-node-host", { nodeId: "", volumeId: "" });
    if (lock.release === undefined) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      continue;
    }
    try {
      const state = readFakeState(stateFile);
      const result = change(state);
      writeAtomically(stateFile, JSON.stringify(state));
      return result;
    } finally {
      lock.release();
    }
  }
  throw new Error("The fake host's state stayed locked.");
}
