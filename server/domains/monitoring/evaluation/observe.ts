import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import { RULES, type Rule, type RuleCode, type SubjectKind } from "../constants";
import type { Facts, NetworkFact, RegionFact, ValidatorFact } from "./facts";
import { isOnChain, isSettingUp } from "./standing";

/** What one rule finds about one subject. */
export type Observation = {
  readonly rule: RuleCode;
  readonly organizationId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly networkId: string | null;
  /** Null where nobody knows: what was so stays so, and nothing begins. */
  readonly holds: boolean | null;
  readonly sentence: string;
  /** Since when it is so, where that is known better than by having looked. */
  readonly since: Date | null;
};

/** An organisation's own figure for each rule; null for a rule that it switched off. */
export type Thresholds = (organizationId: string, rule: Rule) => { readonly threshold: number | null } | null;

type Found = { readonly holds: boolean | null; readonly sentence: string; readonly since?: Date | null };

const above = (value: number | null, limit: number, words: (value: number) => string): Found =>
  value === null ? { holds: null, sentence: "" } : { holds: value > limit, sentence: words(value) };

const figure = (value: number): string => groupDigits(Math.round(value));
const misses = (count: number): string => `${figure(count)} ${count === 1 ? "block" : "blocks"}`;

const since = (fact: ValidatorFact): Date | null =>
  fact.standing.since === null ? null : new Date(fact.standing.since);

/** Share of the chain's allowance of misses that is used up; null where either is not known. */
export function slashingRisk({ standing: { misses: budget } }: Pick<ValidatorFact, "standing">): number | null {
  if (budget === null || budget.allowed <= 0) return null;
  return Math.min(1, Math.max(0, (budget.allowed - budget.left) / budget.allowed));
}

/** Whether the node runs; null where that is not known, somebody is at it, or it is a machine of the person's own. */
export function isNodeUp({ standing: { nodeState } }: Pick<ValidatorFact, "standing">): boolean | null {
  if (nodeState === "down" || nodeState === "stopped" || nodeState === "removed") return false;
  return nodeState === "synced" || nodeState === "behind" ? true : null;
}

/** What the rule finds about one validator; undefined where it has nothing to say of such a one. */
function findOfValidator(
  rule: Rule,
  fact: ValidatorFact,
  limit: number,
  now: Date,
  kind: string | null,
): Found | undefined {
  const { standing, node } = fact;
  if (rule.code === "provisioning_slow") {
    if (!isSettingUp(standing.state) || fact.setupBeganAt === null) return undefined;
    const tookMs = now.getTime() - fact.setupBeganAt.getTime();
    return {
      holds: tookMs > limit * 60_000,
      sentence: `Its setup has been under way for ${formatDuration(tookMs)}.`,
      since: fact.setupBeganAt,
    };
  }
  if (rule.code === "tombstoned") {
    if (standing.state !== "tombstoned" && !isOnChain(standing.state)) return undefined;
    const holds = standing.state === "unknown" ? null : standing.state === "tombstoned";
    return { holds, sentence: "The chain saw it sign twice. Its key never signs again.", since: since(fact) };
  }
  // One look that lacks it is not yet its end: until that is proven, and it is watched no more, whatever was so stays so.
  if (standing.state === "gone") return { holds: null, sentence: "" };
  if (!isOnChain(standing.state)) return undefined;
  const isUnknown = standing.state === "unknown";
  switch (rule.code) {
    case "node_down": {
      const up = isNodeUp(fact);
      const words = {
        stopped: "Its node is stopped.",
        removed: "Its node was removed.",
      } as const;
      const sentence = words[standing.nodeState as keyof typeof words] ?? "Its node is down.";
      return { holds: up === null ? null : !up, sentence: `${sentence} Every block it misses counts.` };
    }
    case "behind":
    case "far_behind":
      return above(
        isNodeUp(fact) ? (node?.lagBlocks ?? null) : null,
        limit,
        (lag) => `Its node is ${misses(lag)} behind the tip.`,
      );
    case "low_peers": {
      if (kind === "localnet") return undefined;
      const peers = isNodeUp(fact) ? (node?.peerCount ?? null) : null;
      if (peers === null) return { holds: null, sentence: "" };
      return { holds: peers < limit, sentence: `Its node has ${peers} ${peers === 1 ? "peer" : "peers"}.` };
    }
    case "missed_blocks":
      return above(
        isUnknown ? null : fact.missedLastHour,
        limit,
        (count) => `It missed ${misses(count)} within the last hour.`,
      );
    case "slashed":
      return above(
        isUnknown ? null : fact.slashesLastHour,
        0,
        () => "The chain took a part of its stake within the last hour.",
      );
    case "slashing_risk_20":
    case "slashing_risk_60":
    case "slashing_risk_90": {
      const risk = isUnknown ? null : slashingRisk(fact);
      if (risk === null) return { holds: null, sentence: "" };
      const left = standing.misses?.left ?? 0;
      return {
        holds: risk * 100 >= limit,
        sentence: `${figure(Math.floor(risk * 100))} % of the allowed misses are used up; ${figure(left)} are left before jail.`,
      };
    }
    case "not_signing":
      return {
        holds: isUnknown ? null : standing.state === "missing",
        sentence: "It is in the set and signs no block.",
        since: since(fact),
      };
    case "jailed":
      return {
        holds: isUnknown ? null : standing.state === "jailed",
        sentence: "The chain jailed it: it neither signs nor earns until it is unjailed.",
        since: since(fact),
      };
    case "restart_loop":
      return above(
        node?.restartsLastHour ?? null,
        limit,
        (count) => `Its node was restarted ${figure(count)} times within the last hour.`,
      );
    case "cpu_high":
    case "cpu_critical":
      return above(
        isNodeUp(fact) ? (node?.cpuPercent ?? null) : null,
        limit,
        (percent) => `Its node uses ${figure(percent)} % of its CPU.`,
      );
    case "memory_high":
      return above(
        isNodeUp(fact) ? (node?.memoryPercent ?? null) : null,
        limit,
        (percent) => `Its node uses ${figure(percent)} % of its memory.`,
      );
    case "not_known": {
      const isNodeUnknown = standing.nodeState === "unknown";
      const what = isUnknown ? (isNodeUnknown ? "Neither the chain nor the node" : "The chain") : "The node";
      return {
        holds: isUnknown || isNodeUnknown,
        sentence: `${what} could not be read. It may be well; it may be down.`,
      };
    }
    default:
      return undefined;
  }
}

function findOfNetwork(rule: Rule, { rpc, tipAt }: NetworkFact, limit: number, now: Date): Found | undefined {
  switch (rule.code) {
    case "chain_rpc_down":
      return { holds: rpc === null ? null : rpc.answering === 0, sentence: "None of its RPC endpoints answers." };
    case "chain_rpc_quarantined":
      return {
        holds: rpc === null ? null : rpc.quarantined > 0,
        sentence: `${rpc?.quarantined ?? 0} of its endpoints answered as another chain.`,
      };
    case "no_new_blocks": {
      // A chain that nobody can ask may well make blocks.
      if (rpc === null || rpc.answering === 0 || tipAt === null) return { holds: null, sentence: "" };
      const ageMs = now.getTime() - tipAt.getTime();
      return {
        holds: ageMs > limit * 60_000,
        sentence: `It answers, and its newest block is ${formatDuration(ageMs)} old.`,
        since: tipAt,
      };
    }
    default:
      return undefined;
  }
}

/** Share of a region's servers that is silent, 0 to 1; null where it has none, for then nothing is known of it. */
export const silentShare = ({ servers, silent }: Pick<RegionFact, "servers" | "silent">): number | null =>
  servers === 0 ? null : silent / servers;

function findOfRegion(region: RegionFact, limit: number): Found {
  const share = silentShare(region);
  return {
    holds: share === null ? null : share * 100 > limit,
    sentence: `${region.silent} of its ${region.servers} ${region.servers === 1 ? "server is" : "servers are"} silent.`,
  };
}

/** What every rule finds, for every subject of every organisation, from one look at all facts. A rule that is switched off finds nothing. */
export function observe(facts: Facts, thresholds: Thresholds, now: Date): readonly Observation[] {
  const kinds = new Map(facts.networks.map(({ networkId, kind }) => [networkId, kind]));
  const observations: Observation[] = [];
  const note = (
    rule: Rule,
    subject: Omit<Observation, "rule" | "holds" | "sentence" | "since">,
    find: (limit: number) => Found | undefined,
  ) => {
    const settings = thresholds(subject.organizationId, rule);
    if (settings === null) return;
    const found = find(settings.threshold ?? 0);
    if (found) observations.push({ since: null, ...found, rule: rule.code, ...subject });
  };
  const networkOf = new Map(facts.networks.map((network) => [network.networkId, network]));
  const concerned = new Set(facts.validators.map(({ organizationId, networkId }) => `${organizationId} ${networkId}`));
  for (const rule of RULES) {
    if (rule.about === "validator") {
      for (const fact of facts.validators) {
        const { organizationId, setupRequestId, name, networkId } = fact;
        const subject = {
          organizationId,
          subjectKind: "validator",
          subjectId: setupRequestId,
          subjectName: name,
          networkId,
        } as const;
        note(rule, subject, (limit) => findOfValidator(rule, fact, limit, now, kinds.get(networkId) ?? null));
      }
    } else if (rule.about === "network") {
      // Each organisation with something on the network is told of it.
      for (const pair of concerned) {
        const [organizationId = "", networkId = ""] = pair.split(" ");
        const network = networkOf.get(networkId);
        if (network === undefined) continue;
        const subject = {
          organizationId,
          subjectKind: "network",
          subjectId: networkId,
          subjectName: network.name,
          networkId,
        } as const;
        note(rule, subject, (limit) => findOfNetwork(rule, network, limit, now));
      }
    } else if (rule.about === "region") {
      for (const region of facts.regions) {
        for (const organizationId of region.organizationIds) {
          const subject = {
            organizationId,
            subjectKind: "region",
            subjectId: region.regionId,
            subjectName: region.name,
            networkId: null,
          } as const;
          note(rule, subject, (limit) => findOfRegion(region, limit));
        }
      }
    } else {
      for (const { organizationId, failedInRow } of facts.organizations) {
        const subject = {
          organizationId,
          subjectKind: "organization",
          subjectId: organizationId,
          subjectName: "Setups",
          networkId: null,
        } as const;
        note(rule, subject, (limit) => ({
          holds: failedInRow >= limit,
          sentence: `The last ${failedInRow} setups failed, one after the other.`,
        }));
      }
    }
  }
  return observations;
}

/** Rule and subject: what one open alert has at a time. */
export const fingerprintOf = ({ rule, subjectId }: Pick<Observation, "rule" | "subjectId">): string =>
  `${rule}:${subjectId}`;
