import { describe, expect, it } from "vitest";
import { RULES, type RuleCode } from "../constants";
import type { Facts, NetworkFact, ValidatorFact } from "./facts";
import { observe } from "./observe";

const NOW = new Date("2026-01-01T12:00:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

type Over = {
  standing?: Partial<ValidatorFact["standing"]>;
  node?: Partial<NonNullable<ValidatorFact["node"]>> | null;
} & Partial<Omit<ValidatorFact, "standing" | "node">>;
const validator = ({ standing, node, ...over }: Over = {}): ValidatorFact => ({
  organizationId: "org_1",
  setupRequestId: "val_1",
  name: "Lighthouse",
  networkId: "net_1",
  regionCode: "eu-central",
  standing: {
    state: "signing",
    since: null,
    misses: { left: 100, allowed: 100, windowBlocks: 200 },
    nodeState: "synced",
    ...standing,
  },
  setupBeganAt: null,
  missedLastHour: 0,
  slashesLastHour: 0,
  node:
    node === null
      ? null
      : {
          id: "node_1",
          lagBlocks: 0,
          heightBlocks: 10n,
          peerCount: 12,
          cpuPercent: 3,
          memoryPercent: 20,
          restartsLastHour: 0,
          ...node,
        },
  ...over,
});
const network = (over: Partial<NetworkFact> = {}): NetworkFact => ({
  networkId: "net_1",
  chainId: "testnet-1",
  name: "Testnet",
  kind: "testnet",
  rpc: { answering: 2, silent: 0, quarantined: 0 },
  tipAt: minutesAgo(0),
  ...over,
});

type Case = { well?: Over; ill: Over; unknown?: Over };
/** For each rule: facts under which it holds, and under which nobody knows. */
const OF_VALIDATORS: Partial<Record<RuleCode, Case>> = {
  node_down: { ill: { standing: { nodeState: "stopped" } }, unknown: { standing: { nodeState: "unknown" } } },
  behind: {
    well: { node: { lagBlocks: 100 } },
    ill: { node: { lagBlocks: 101 } },
    unknown: { node: { lagBlocks: null } },
  },
  far_behind: { well: { node: { lagBlocks: 1_000 } }, ill: { node: { lagBlocks: 1_001 } }, unknown: { node: null } },
  low_peers: {
    well: { node: { peerCount: 3 } },
    ill: { node: { peerCount: 0 } },
    unknown: { node: { peerCount: null } },
  },
  missed_blocks: { well: { missedLastHour: 10 }, ill: { missedLastHour: 11 }, unknown: { missedLastHour: null } },
  slashed: { ill: { slashesLastHour: 1 }, unknown: { standing: { state: "unknown" } } },
  slashing_risk_20: {
    ill: { standing: { misses: { left: 80, allowed: 100, windowBlocks: 200 } } },
    unknown: { standing: { misses: null } },
  },
  slashing_risk_60: {
    ill: { standing: { misses: { left: 40, allowed: 100, windowBlocks: 200 } } },
    unknown: { standing: { misses: null } },
  },
  slashing_risk_90: {
    ill: { standing: { misses: { left: 10, allowed: 100, windowBlocks: 200 } } },
    unknown: { standing: { state: "unknown" } },
  },
  not_signing: { ill: { standing: { state: "missing" } }, unknown: { standing: { state: "unknown" } } },
  jailed: { ill: { standing: { state: "jailed" } }, unknown: { standing: { state: "unknown" } } },
  tombstoned: { ill: { standing: { state: "tombstoned" } }, unknown: { standing: { state: "unknown" } } },
  restart_loop: {
    well: { node: { restartsLastHour: 5 } },
    ill: { node: { restartsLastHour: 6 } },
    unknown: { node: { restartsLastHour: null } },
  },
  cpu_high: {
    well: { node: { cpuPercent: 80 } },
    ill: { node: { cpuPercent: 81 } },
    unknown: { node: { cpuPercent: null } },
  },
  cpu_critical: {
    well: { node: { cpuPercent: 95 } },
    ill: { node: { cpuPercent: 96 } },
    unknown: { standing: { nodeState: "at_work" }, node: { cpuPercent: 99 } },
  },
  memory_high: {
    well: { node: { memoryPercent: 85 } },
    ill: { node: { memoryPercent: 86 } },
    unknown: { node: { memoryPercent: null } },
  },
  not_known: { ill: { standing: { state: "unknown" } } },
  provisioning_slow: {
    well: { standing: { state: "configuring" }, setupBeganAt: minutesAgo(30) },
    ill: { standing: { state: "configuring" }, setupBeganAt: minutesAgo(31) },
  },
};
const OF_NETWORKS: Partial<Record<RuleCode, { ill: Partial<NetworkFact>; unknown: Partial<NetworkFact> }>> = {
  chain_rpc_down: { ill: { rpc: { answering: 0, silent: 2, quarantined: 0 } }, unknown: { rpc: null } },
  chain_rpc_quarantined: { ill: { rpc: { answering: 1, silent: 0, quarantined: 1 } }, unknown: { rpc: null } },
  no_new_blocks: {
    ill: { tipAt: minutesAgo(6) },
    unknown: { tipAt: minutesAgo(6), rpc: { answering: 0, silent: 1, quarantined: 0 } },
  },
};

const OF_REGIONS: readonly RuleCode[] = ["region_degraded", "region_outage"];

const verdict = (
  rule: string,
  facts: Partial<Facts>,
  thresholds: Parameters<typeof observe>[1] = (_, { threshold }) => ({ threshold: threshold?.default ?? null }),
) =>
  observe({ validators: [], networks: [network()], organizations: [], regions: [], ...facts }, thresholds, NOW).find(
    (one) => one.rule === rule,
  );

describe("each rule", () => {
  it("has its case here", () => {
    const cases = [...Object.keys(OF_VALIDATORS), ...Object.keys(OF_NETWORKS), "provisioning_failing", ...OF_REGIONS];
    expect(cases.sort()).toEqual(RULES.map(({ code }) => code as string).sort());
  });

  it.each(Object.entries(OF_VALIDATORS))(
    "%s holds, clears, and says nothing of what is not known",
    (rule, { well = {}, ill, unknown }) => {
      expect(verdict(rule, { validators: [validator(well)] })?.holds).toBe(false);
      expect(verdict(rule, { validators: [validator(ill)] })).toMatchObject({
        holds: true,
        sentence: expect.stringMatching(/\.$/),
      });
      if (unknown) expect(verdict(rule, { validators: [validator(unknown)] })?.holds).toBeNull();
    },
  );

  it.each(Object.entries(OF_NETWORKS))(
    "%s is told to each organisation that is on the network",
    (rule, { ill, unknown }) => {
      const validators = [validator(), validator({ setupRequestId: "val_2", organizationId: "org_2" })];
      const told = (over: Partial<NetworkFact>) =>
        observe(
          { validators, networks: [network(over)], organizations: [], regions: [] },
          (_, { threshold }) => ({ threshold: threshold?.default ?? null }),
          NOW,
        )
          .filter((one) => one.rule === rule)
          .map(({ organizationId, holds }) => [organizationId, holds]);
      expect(told({})).toEqual([
        ["org_1", false],
        ["org_2", false],
      ]);
      expect(told(ill)).toEqual([
        ["org_1", true],
        ["org_2", true],
      ]);
      expect(told(unknown)).toEqual([
        ["org_1", null],
        ["org_2", null],
      ]);
    },
  );

  it("provisioning_failing counts failures in a row", () => {
    const ended = (failedInRow: number) =>
      verdict("provisioning_failing", { organizations: [{ organizationId: "org_1", failedInRow }] })?.holds;
    expect([ended(2), ended(3)]).toEqual([false, true]);
  });

  it.each([
    ["region_degraded", 10],
    ["region_outage", 50],
  ])(
    "%s counts silent servers, for each organisation with a slot there, and not where there are none",
    (rule, limit) => {
      const region = (servers: number, silent: number) => ({
        regionId: "reg_1",
        code: "eu-central",
        name: "EU Central",
        servers,
        silent,
        organizationIds: ["org_1", "org_2"],
      });
      expect(verdict(rule, { regions: [region(100, limit)] })?.holds).toBe(false);
      expect(verdict(rule, { regions: [region(100, limit + 1)] })).toMatchObject({
        holds: true,
        organizationId: "org_1",
        subjectName: "EU Central",
        sentence: `${limit + 1} of its 100 servers are silent.`,
      });
      expect(verdict(rule, { regions: [region(0, 0)] })?.holds).toBeNull();
    },
  );

  it("goes by the organisation's own figure, and finds nothing once it is switched off", () => {
    const validators = [validator({ node: { lagBlocks: 60 } })];
    expect(verdict("behind", { validators }, () => ({ threshold: 50 }))?.holds).toBe(true);
    expect(verdict("behind", { validators }, () => null)).toBeUndefined();
  });

  it("does not take a validator on a person's own machine for one whose node is down", () => {
    expect(
      verdict("node_down", { validators: [validator({ standing: { nodeState: "none" }, node: null })] })?.holds,
    ).toBeNull();
  });

  it("leaves alone what is over, what is not there yet, and a local chain's few peers", () => {
    for (const state of ["tombstoned", "cancelled", "failed", "pending"] as const) {
      expect(
        verdict("node_down", { validators: [validator({ standing: { state, nodeState: "down" } })] }),
      ).toBeUndefined();
    }
    const lonely = { validators: [validator({ node: { peerCount: 0 } })], networks: [network({ kind: "localnet" })] };
    expect(verdict("low_peers", lonely)).toBeUndefined();
  });

  it("neither begins nor ends anything on a look at the chain that lacks the validator", () => {
    for (const rule of ["node_down", "not_signing", "jailed"] as const) {
      expect(
        verdict(rule, { validators: [validator({ standing: { state: "gone", nodeState: "down" } })] })?.holds,
      ).toBeNull();
    }
  });

  it("takes the time from which the chain says it for its beginning", () => {
    const since = minutesAgo(7).toISOString();
    expect(
      verdict("not_signing", { validators: [validator({ standing: { state: "missing", since } })] })?.since,
    ).toEqual(minutesAgo(7));
  });
});
