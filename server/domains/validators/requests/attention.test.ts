import { describe, expect, it } from "vitest";
import { attentionOf } from "./attention";

type Facts = Parameters<typeof attentionOf>[0];

const setup = (over: Partial<Facts["setup"]> = {}): Facts["setup"] => ({
  id: "val_1",
  status: "active",
  statusMessage: "The validator is on the chain.",
  errorMessage: null,
  validatorName: "Aurora",
  canRetry: false,
  updatedAt: "2026-01-01T00:00:00.000Z",
  ...over,
});
const node = (over: Partial<NonNullable<Facts["node"]>> = {}): Facts["node"] => ({
  status: "synced",
  statusMessage: "",
  operation: null,
  ...over,
});
const standing = (over: Partial<NonNullable<Facts["standing"]>> = {}): Facts["standing"] => ({
  isJailed: false,
  isTombstoned: false,
  jailedUntil: null,
  ...over,
});

describe("what needs somebody now", () => {
  it("is nothing where a validator signs, where the chain was never seen, and where a setup was given up", () => {
    expect(attentionOf({ setup: setup(), node: node(), standing: standing() })).toBeNull();
    expect(attentionOf({ setup: setup(), node: node(), standing: null })).toBeNull();
    expect(attentionOf({ setup: setup({ status: "cancelled" }), node: null, standing: null })).toBeNull();
  });

  it.each([
    ["a setup that waits for the signature", { status: "ready_for_chain_tx" }, "attention", "Sign"],
    ["a failed setup that can be tried again", { status: "failed", canRetry: true }, "danger", "Try again"],
    ["a failed setup that cannot", { status: "failed" }, "danger", "See why"],
    ["a setup under way", { status: "provisioning" }, "moving", "Watch"],
    ["a transaction on its way", { status: "chain_tx_pending" }, "moving", "Watch"],
  ] as const)("is %s", (_, over, state, act) => {
    const item = attentionOf({ setup: setup(over), node: node(), standing: null });
    expect(item).toMatchObject({ state, act, href: "/validators/val_1/setup" });
  });

  it.each([
    ["jailed although the node is in sync", { standing: standing({ isJailed: true }) }, "danger", /^Jailed/],
    ["tombstoned before jailed", { standing: standing({ isJailed: true, isTombstoned: true }) }, "danger", /for good/],
    ["without a node", { node: null }, "danger", /no node/],
    [
      "with a node that fell over",
      { node: node({ status: "error", statusMessage: "It ended." }) },
      "danger",
      /^It ended/,
    ],
    ["with a stopped node", { node: node({ status: "stopped" }) }, "attention", /stopped/],
    [
      "with a node that is being stopped",
      { node: node({ status: "stopped", operation: "stop" }) },
      "moving",
      /worked on/,
    ],
  ] as const)("is a validator %s", (_, over, state, sentence) => {
    const item = attentionOf({ setup: setup(), node: node(), standing: standing(), ...over });
    expect(item).toMatchObject({ state, href: "/validators/val_1", sentence: expect.stringMatching(sentence) });
  });

  it("tells why a setup failed in its own words", () => {
    const failed = setup({ status: "failed", statusMessage: "Failed.", errorMessage: "No host answers." });
    expect(attentionOf({ setup: failed, node: null, standing: null })?.sentence).toBe("No host answers.");
  });
});
