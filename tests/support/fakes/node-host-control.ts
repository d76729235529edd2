import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { changeFakeState, type FakeHostState, type Fault, readFakeState } from "./node-host-state";

const now = () => new Date().toISOString();

/** The test's side of a fake host: faults, kills, and what really happened. Works from any process, over the state file alone. */
export function fakeNodeHostControl(stateFile: string) {
  const change = <Result>(work: (state: FakeHostState) => Result): Result => changeFakeState(stateFile, work);
  const requireNode = (state: FakeHostState, nodeId: string) => {
    const node = state.nodes[nodeId];
    if (node === undefined) throw new Error(`The fake host has no node ${nodeId}.`);
    return node;
  };
  return {
    state: (): FakeHostState => readFakeState(stateFile),
    inject: (fault: Omit<Fault, "times"> & { times?: number }) =>
      change((state) => void state.faults.push({ times: 1, ...fault })),
    clearFaults: () =>
      change((state) => {
        state.faults = [];
        state.isDown = false;
        state.isFull = false;
      }),
    /** Lets the calls that hang at that point go on. */
    releaseHang: (point: `${Fault["method"]}:${Fault["when"]}`) =>
      change((state) => {
        state.hung = state.hung.filter((other) => other !== point);
      }),
    setDown: (isDown: boolean) => change((state) => void Object.assign(state, { isDown })),
    setFull: (isFull: boolean) => change((state) => void Object.assign(state, { isFull })),
    /** Ends the node's process; the policy brings it back under a new reference. */
    kill: (nodeId: string) =>
      change((state) => {
        const node = requireNode(state, nodeId);
        node.restartCount += 1;
        node.runtimeRef = `fake-${randomUUID()}`;
        node.startedAt = now();
        node.logs.push({ at: now(), stream: "stderr", text: "node killed, started again" });
      }),
    /** What the node signed last; `null` removes the file, any other text is put there as it is. */
    writeSignState: (volumeId: string, text: string | null) =>
      change((state) => {
        const volume = state.volumes[volumeId];
        if (volume === undefined) throw new Error(`The fake host has no volume ${volumeId}.`);
        volume.signStateText = text;
      }),
    exposeKey: (volumeId: string, isExposed: boolean) =>
      change((state) => {
        const volume = state.volumes[volumeId];
        if (volume === undefined) throw new Error(`The fake host has no volume ${volumeId}.`);
        volume.isKeyExposed = isExposed;
      }),
    appendLog: (nodeId: string, text: string) =>
      change((state) => void requireNode(state, nodeId).logs.push({ at: now(), stream: "stdout", text })),
    /** Resolves once a call hangs at that point; the caller bounds it with the signal. */
    waitForHang: async (point: `${Fault["method"]}:${Fault["when"]}`, signal: AbortSignal): Promise<void> => {
      while (!readFakeState(stateFile).hung.includes(point)) await delay(20, undefined, { signal });
    },
  };
}
