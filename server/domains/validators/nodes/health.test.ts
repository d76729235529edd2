import { describe, expect, it } from "vitest";
import { runtimeRefused, runtimeUnavailable } from "@/server/ports/node-host-errors";
import { signStateRefused } from "../errors";
import { type HealthFacts, isReasonKept, lagBlocks, nodeStatusOf } from "./health";

const base: HealthFacts = {
  runState: "running",
  rpc: { heightBlocks: 100n, isCatchingUp: false },
  tipHeightBlocks: 101n,
  desiredState: "running",
};

describe("node status", () => {
  it.each([
    ["in sync", {}, "synced"],
    ["three blocks behind is still in sync", { tipHeightBlocks: 103n }, "synced"],
    ["four blocks behind is not", { tipHeightBlocks: 104n }, "syncing"],
    ["says itself that it catches up", { rpc: { heightBlocks: 100n, isCatchingUp: true } }, "syncing"],
    ["runs without answering", { rpc: null }, "starting"],
    ["unknown tip", { tipHeightBlocks: null }, "running"],
    ["ended although wanted", { runState: "stopped" }, "error"],
    ["crashed", { runState: "crashed" }, "error"],
    ["gone although wanted", { runState: "absent" }, "error"],
    ["ended as wanted", { runState: "stopped", desiredState: "stopped" }, "stopped"],
  ] as const)("%s", (_name, change, expected) => {
    expect(nodeStatusOf({ ...base, ...change }).status).toBe(expected);
  });

  it.each([
    [null, "Catching up."],
    [100n, "Catching up."],
    [101n, "Catching up, 1 block behind."],
    [150n, "Catching up, 50 blocks behind."],
  ])("says how far it is behind a tip of %s", (tipHeightBlocks, sentence) => {
    const rpc = { heightBlocks: 100n, isCatchingUp: true };
    expect(nodeStatusOf({ ...base, rpc, tipHeightBlocks })).toEqual({ status: "syncing", reason: null, sentence });
  });

  it("has no lag when either height is unknown, and never a negative one", () => {
    expect(lagBlocks(null, 5n)).toBeNull();
    expect(lagBlocks(5n, null)).toBeNull();
    expect(lagBlocks(7n, 5n)).toBe(0);
  });
});

describe("the reason of an error", () => {
  const verdictOf = (change: Partial<HealthFacts>) => nodeStatusOf({ ...base, ...change });
  const refused = { status: "error", statusReason: runtimeRefused("sign_state_regressed").code } as const;
  const ended = verdictOf({ runState: "stopped" });

  it.each([
    ["down", ended],
    ["gone, as a redeployment leaves it that is refused", verdictOf({ runState: "absent" })],
  ])("that an operation gave stands while the node is simply %s", (_name, verdict) => {
    expect(isReasonKept(refused, verdict)).toBe(true);
  });

  it.each([
    signStateRefused("missing"),
    signStateRefused("lower"),
    signStateRefused("ahead"),
    runtimeRefused("sign_state_missing"),
    runtimeRefused("sign_state_invalid"),
    runtimeRefused("sign_state_regressed"),
  ])("stands for as long as the volume is the same: $code", ({ code }) => {
    expect(isReasonKept({ status: "error", statusReason: code }, ended)).toBe(true);
  });

  it.each([
    ["the node crashes", refused, verdictOf({ runState: "crashed" })],
    ["the node runs again", refused, verdictOf({})],
    ["the node ran until now", { status: "synced", statusReason: verdictOf({}).reason } as const, ended],
    ["nothing was said", { status: "error", statusReason: null } as const, ended],
    ["a look said it", { status: "error", statusReason: verdictOf({ runState: "absent" }).reason } as const, ended],
    [
      "the host did not answer then and does now",
      { status: "error", statusReason: runtimeUnavailable("Docker on this machine").code } as const,
      ended,
    ],
  ])("gives way when %s", (_name, node, verdict) => {
    expect(isReasonKept(node, verdict)).toBe(false);
  });
});
