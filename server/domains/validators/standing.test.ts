import { describe, expect, it } from "vitest";
import { SETUP_STANDINGS, STANDINGS } from "./constants";
import { type StandingFacts, standingOf } from "./standing";
import { hasBeenOnChain, statusesOf } from "./states";

type Chain = NonNullable<StandingFacts["chain"]>;
type Seen = NonNullable<Chain["seen"]>;

const NOW = new Date("2026-01-01T12:00:00.000Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

const seen = (over: Partial<Seen> = {}): Seen => ({
  consensusPubkeyBase64: "ours",
  status: "bonded",
  jailed: false,
  tombstoned: false,
  jailedUntil: null,
  jailedSince: null,
  jailCause: null,
  unbondsAt: null,
  tokensBaseUnits: 1_000_000n,
  removedAt: null,
  removedHeightBlocks: null,
  isWatched: true,
  ...over,
});
const signing = (over: Partial<NonNullable<Chain["signing"]>> = {}): NonNullable<Chain["signing"]> => ({
  newestAt: ago(1),
  averageBlockMs: 1_000,
  asked: 200,
  missed: 0,
  run: { isMissed: false, blocks: 200, since: null },
  ...over,
});
const chain = (over: Partial<Seen> = {}, rest: Partial<Chain> = {}): Chain => ({
  lookedAt: ago(2),
  lookedAtHeightBlocks: 1_000n,
  seen: seen(over),
  misses: { left: 114, allowed: 114, windowBlocks: 120 },
  signing: signing(),
  ...rest,
});
const setup = (over: Partial<StandingFacts["setup"]> = {}): StandingFacts["setup"] => ({
  status: "active",
  consensusPubkey: "ours",
  provisioningCompletedAt: null,
  failedAt: null,
  cancelledAt: null,
  endedAt: null,
  ...over,
});
const node = (over: Partial<NonNullable<StandingFacts["node"]>> = {}): StandingFacts["node"] => ({
  status: "synced",
  operation: null,
  lastSeenAt: ago(5),
  ...over,
});
const stand = (over: Partial<StandingFacts> = {}) =>
  standingOf({ setup: setup(), node: node(), chain: chain(), ...over }, NOW);

const missed = signing({ missed: 3, run: { isMissed: true, blocks: 3, since: ago(3) } });
const tombstoned = { tombstoned: true, jailed: true, removedAt: ago(9), status: "unbonding" } as const;
const jailed = { jailed: true, status: "unbonding", jailedUntil: ago(-60), jailCause: "downtime" } as const;

describe("the standing of a validator", () => {
  it.each(SETUP_STANDINGS)("is its setup while it is %s, whatever the chain shows of its operator", (status) => {
    expect(stand({ setup: setup({ status }) })).toMatchObject({ state: status, jail: null, misses: null });
  });

  it.each([
    ["tombstoned before gone and jailed", chain(tombstoned), "tombstoned"],
    ["gone before jailed", chain({ ...jailed, removedAt: ago(9) }), "gone"],
    ["gone where the operator came back with another key", chain({ consensusPubkeyBase64: "another" }), "gone"],
    ["another key's tombstone is not ours", chain({ ...tombstoned, consensusPubkeyBase64: "another" }), "gone"],
    ["jailed before outside the set", chain(jailed), "jailed"],
    ["jailed although its newest blocks are signed", chain({ jailed: true }), "jailed"],
    ["unbonded", chain({ status: "unbonded" }), "unbonded"],
    ["unbonding", chain({ status: "unbonding", unbondsAt: ago(-60) }), "unbonding"],
    ["unbonded once its time is over", chain({ status: "unbonding", unbondsAt: ago(60) }), "unbonded"],
    ["missing", chain({}, { signing: missed }), "missing"],
    ["signing", chain(), "signing"],
    ["signing again after misses", chain({}, { signing: signing({ missed: 3 }) }), "signing"],
    ["not known before a block asked for it", chain({}, { signing: signing({ asked: 0, run: null }) }), "unknown"],
    ["not known where its blocks were never read", chain({}, { signing: null }), "unknown"],
    ["not known where no look showed it yet", chain({}, { seen: null }), "unknown"],
    ["not known where nothing was recorded", null, "unknown"],
  ] as const)("is %s", (_, facts, state) => {
    expect(stand({ chain: facts }).state).toBe(state);
    // The node changes no word of the chain.
    expect(stand({ chain: facts, node: node({ status: "error" }) }).state).toBe(state);
    expect(stand({ chain: facts, node: null }).state).toBe(state);
  });

  it("is gone for ever once it ended, however old the records are; what its key did wrong stays on show", () => {
    const over = { setup: setup({ status: "ended", endedAt: ago(9_999) }) };
    expect(stand({ ...over, chain: null })).toMatchObject({ state: "gone", since: ago(9_999).toISOString() });
    expect(stand({ ...over, chain: chain({ removedAt: ago(9) }, { lookedAt: ago(9_999) }) }).state).toBe("gone");
    expect(stand({ ...over, chain: chain(tombstoned, { lookedAt: ago(9_999) }) }).state).toBe("tombstoned");
    // Somebody made the operator anew: another request's validator, not this one's.
    expect(stand({ ...over, chain: chain() }).state).toBe("gone");
  });

  it.each([
    ["jailed", chain(jailed, { lookedAt: ago(61) }), ago(61)],
    ["unbonded", chain({ status: "unbonded" }, { lookedAt: ago(61) }), ago(61)],
    ["signing", chain({}, { lookedAt: ago(61) }), ago(61)],
    ["signing", chain({}, { signing: signing({ newestAt: ago(31) }) }), ago(31)],
    ["missing", chain({}, { signing: { ...missed, newestAt: ago(31) } }), ago(31)],
  ] as const)("is not known when the chain fell silent; %s is what it was last, with its age", (state, facts, at) => {
    expect(stand({ chain: facts })).toMatchObject({ state: "unknown", lastKnown: { state, at: at.toISOString() } });
  });

  it("waits for five of the chain's own block times before it calls it silent", () => {
    const slow = (seconds: number) =>
      chain({}, { signing: signing({ averageBlockMs: 60_000, newestAt: ago(seconds) }) });
    expect(stand({ chain: slow(299) }).state).toBe("signing");
    expect(stand({ chain: slow(301) }).state).toBe("unknown");
  });

  it("says when jail ends, why it is, and whether it may be left", () => {
    expect(stand({ chain: chain(jailed) }).jail).toEqual({
      until: ago(-60).toISOString(),
      cause: "downtime",
      mayUnjail: false,
    });
    expect(stand({ chain: chain({ ...jailed, jailedUntil: NOW }) }).jail).toMatchObject({ mayUnjail: true });
    const ofUnknownCause = chain({ jailed: true, jailedUntil: null, jailCause: null });
    expect(stand({ chain: ofUnknownCause }).jail).toEqual({ until: null, cause: "unknown", mayUnjail: true });
    expect(stand({ chain: chain(tombstoned) }).jail).toEqual({ until: null, cause: "double_sign", mayUnjail: false });
  });

  it("counts of the newest blocks and of the chain's own counter", () => {
    const standing = stand({ chain: chain({}, { signing: { ...missed, asked: 180 } }) });
    expect(standing).toMatchObject({
      since: ago(3).toISOString(),
      blocks: { asked: 180, missed: 3, missedInRow: 3 },
      misses: { left: 114, allowed: 114, windowBlocks: 120 },
      tokensBaseUnits: "1000000",
    });
    expect(stand().blocks).toEqual({ asked: 200, missed: 0, missedInRow: 0 });
  });

  it("does not change while nothing does, so that a stream of it is quiet", () => {
    const later = (seconds: number) => {
      const at = new Date(NOW.getTime() + seconds * 1_000);
      const facts = chain(
        {},
        { lookedAt: at, lookedAtHeightBlocks: BigInt(1_000 + seconds), signing: signing({ newestAt: at }) },
      );
      return standingOf({ setup: setup(), node: node({ lastSeenAt: at }), chain: facts }, at);
    };
    expect(later(10)).toEqual(later(0));
  });

  it.each([
    ["none", null],
    ["removed", node({ status: "terminated", operation: "terminate" })],
    ["at_work", node({ operation: "stop" })],
    ["stopped", node({ status: "stopped", lastSeenAt: ago(9_999) })],
    ["down", node({ status: "error", lastSeenAt: null })],
    ["behind", node({ status: "syncing" })],
    ["synced", node()],
    ["unknown", node({ lastSeenAt: ago(31) })],
    ["unknown", node({ status: "syncing", lastSeenAt: null })],
    ["unknown", node({ status: "starting" })],
    ["unknown", node({ status: "running" })],
  ] as const)("has beside it a node that is %s", (nodeState, seenNode) => {
    expect(stand({ node: seenNode }).nodeState).toBe(nodeState);
  });

  it("can only be that of the states that are looked through for it", () => {
    for (const standing of STANDINGS) {
      const statuses = statusesOf(standing);
      expect(statuses.length).toBeGreaterThan(0);
      for (const status of statuses) expect(hasBeenOnChain(status) || status === standing).toBe(true);
    }
  });
});
