import { describe, expect, it } from "vitest";
import type { ValidatorStanding } from "../schemas";
import { attentionOf } from "./attention";

type Facts = Parameters<typeof attentionOf>[0];

const standing = (over: Partial<ValidatorStanding> = {}): ValidatorStanding => ({
  state: "signing",
  since: null,
  nodeState: "synced",
  jail: null,
  unbondsAt: null,
  blocks: null,
  misses: null,
  tokensBaseUnits: null,
  lastKnown: null,
  ...over,
});
const setup = (over: Partial<Facts["setup"]> = {}): Facts["setup"] => ({
  id: "val_1",
  status: "active",
  standing: standing(),
  statusMessage: "The validator is on the chain.",
  errorMessage: null,
  validatorName: "Aurora",
  canRetry: false,
  updatedAt: "2026-01-01T00:00:00.000Z",
  ...over,
});
const node = (statusMessage = ""): Facts["node"] => ({ statusMessage });
const jail = { until: null, cause: "downtime", mayUnjail: false } as const;

describe("what needs somebody now", () => {
  it("is nothing where a validator signs, where the chain is not known, where it is over, and where a setup was given up", () => {
    expect(attentionOf({ setup: setup(), node: node() })).toBeNull();
    expect(attentionOf({ setup: setup({ standing: standing({ state: "unknown" }) }), node: node() })).toBeNull();
    const over = setup({ status: "ended", standing: standing({ state: "gone", nodeState: "removed" }) });
    expect(attentionOf({ setup: over, node: node() })).toBeNull();
    expect(attentionOf({ setup: setup({ status: "cancelled" }), node: null })).toBeNull();
  });

  it("is as old as the chain's state where the matter is the chain's, and as the request where it is not", () => {
    const since = "2026-01-02T00:00:00.000Z";
    const jailed = setup({ standing: standing({ state: "jailed", since, jail }) });
    expect(attentionOf({ setup: jailed, node: node() })?.at).toBe(since);
    const stopped = setup({ standing: standing({ since, nodeState: "stopped" }) });
    expect(attentionOf({ setup: stopped, node: node() })?.at).toBe(stopped.updatedAt);
  });

  it.each([
    ["a setup that waits for the signature", { status: "ready_for_chain_tx" }, "attention", "Sign"],
    ["a failed setup that can be tried again", { status: "failed", canRetry: true }, "danger", "Try again"],
    ["a failed setup that cannot", { status: "failed" }, "danger", "See why"],
    ["a setup under way", { status: "provisioning" }, "moving", "Watch"],
    ["a transaction on its way", { status: "chain_tx_pending" }, "moving", "Watch"],
  ] as const)("is %s", (_, over, state, act) => {
    const item = attentionOf({ setup: setup(over), node: node() });
    expect(item).toMatchObject({ state, act, href: "/validators/val_1/setup" });
  });

  it.each([
    ["jailed although the node is in sync", { state: "jailed", jail }, "", "danger", /^Jailed/],
    ["that may be unjailed", { state: "jailed", jail: { ...jail, mayUnjail: true } }, "", "danger", /allows now/],
    ["tombstoned", { state: "tombstoned" }, "", "danger", /for good/],
    ["gone with its node left", { state: "gone", nodeState: "stopped" }, "", "attention", /no more/],
    ["outside the set", { state: "unbonded" }, "", "attention", /not in the active set/],
    ["without a node", { nodeState: "none" }, "", "danger", /no node/],
    ["with a node that fell over", { nodeState: "down" }, "It ended.", "danger", /^It ended/],
    ["with a stopped node", { state: "missing", nodeState: "stopped" }, "", "attention", /stopped/],
    ["with a node at work", { nodeState: "at_work" }, "", "moving", /worked on/],
    ["that misses blocks", { state: "missing" }, "", "danger", /misses blocks/],
  ] as const)("is a validator %s", (_, over, words, state, sentence) => {
    const item = attentionOf({ setup: setup({ standing: standing(over) }), node: node(words) });
    expect(item).toMatchObject({ state, href: "/validators/val_1", sentence: expect.stringMatching(sentence) });
  });

  it("tells why a setup failed in its own words", () => {
    const failed = setup({ status: "failed", statusMessage: "Failed.", errorMessage: "No host answers." });
    expect(attentionOf({ setup: failed, node: null })?.sentence).toBe("No host answers.");
  });
});
