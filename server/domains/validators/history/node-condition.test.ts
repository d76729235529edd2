import { describe, expect, it } from "vitest";
import { conditionOfMachine, conditionOfNode } from "./node-condition";

describe("the condition of a node on a host of ours", () => {
  it.each([
    ["synced", false, 3, "in_sync"],
    ["synced", false, null, "in_sync"],
    ["synced", false, 0, "no_peers"],
    ["syncing", false, 2, "behind"],
    ["syncing", false, 0, "no_peers"],
    ["running", false, 2, null],
    ["starting", false, null, "down"],
    ["error", false, null, "down"],
    // A redeploy takes the node down on purpose.
    ["error", true, null, "stopped"],
    ["starting", true, null, "stopped"],
    ["stopped", false, null, "stopped"],
  ] as const)("is, %s with an operation %s and %s peers, %s", (status, isAtWork, peerCount, condition) => {
    expect(conditionOfNode({ status, isAtWork, peerCount })).toBe(condition);
  });
});

describe("the condition that a machine reports", () => {
  it.each([
    [{ isCatchingUp: false, lagBlocks: 0, peerCount: 4 }, "in_sync"],
    [{ isCatchingUp: null, lagBlocks: 9, peerCount: 4 }, "behind"],
    [{ isCatchingUp: true, lagBlocks: 0, peerCount: null }, "behind"],
    [{ isCatchingUp: true, lagBlocks: 9, peerCount: 0 }, "no_peers"],
    [{ isCatchingUp: false, lagBlocks: null, peerCount: 4 }, null],
  ] as const)("%o is %s", (report, condition) => {
    expect(conditionOfMachine({ ...report, syncedLagBlocks: 3 })).toBe(condition);
  });
});
