import { describe, expect, it } from "vitest";
import { nodeState, type SupervisionFacts, toRuntimeError } from "./transform";

const DOWN: SupervisionFacts = {
  isWanted: true,
  isSupervised: true,
  isChildAlive: false,
  hasRpc: false,
  phase: "crashed",
  upMs: 0,
};

describe("nodeState", () => {
  it.each([
    ["a young node without RPC", { isChildAlive: true }, "starting"],
    ["a node whose RPC answers", { isChildAlive: true, hasRpc: true }, "running"],
    ["an old node whose RPC is silent", { isChildAlive: true, upMs: 61_000 }, "running"],
    ["a node that ended and waits for its next start", {}, "crashed"],
    ["a node that waits for its last signatures to age", { phase: "waiting" }, "starting"],
    ["a node that may not start", { phase: "refused" }, "crashed"],
    ["a node nobody supervises", { isSupervised: false, phase: "running" }, "crashed"],
    ["a node that was stopped with the installation", { isSupervised: false, phase: "suspended" }, "stopped"],
    ["a node that is not wanted", { isWanted: false, isSupervised: false, phase: "crashed" }, "stopped"],
  ] as const)("%s", (_name, facts, state) => {
    expect(nodeState({ ...DOWN, ...facts })).toBe(state);
  });
});

describe("toRuntimeError", () => {
  it.each([
    ["ENOSPC", "runtime.disk_full"],
    ["EDQUOT", "runtime.disk_full"],
    ["EIO", "runtime.unavailable"],
    ["ENOTDIR", "runtime.unavailable"],
    ["EWHAT", "runtime.refused"],
  ])("maps %s to %s without the path in its text", (code, expected) => {
    const mapped = toRuntimeError(Object.assign(new Error("/secret/path"), { code }));
    expect(mapped.code).toBe(expected);
    expect(mapped.message).not.toContain("/secret");
  });
});
