import type { Severity } from "@/server/domains/notifications/constants";

export { ALERT_STATUSES, INCIDENT_STATUSES } from "@/db/states/monitoring";
export { SEVERITIES, type Severity } from "@/server/domains/notifications/constants";

/** How often the rules are looked at. */
export const EVALUATE_EVERY_SECONDS = 30;
/** A look at an endpoint or a node that is older says nothing of now. */
export const FRESH_SECONDS = 120;
/** How soon people are told again of what goes on and nobody has acknowledged. */
export const REPEAT_SECONDS: Readonly<Record<Severity, number>> = {
  info: 24 * 3_600,
  warning: 4 * 3_600,
  error: 4 * 3_600,
  critical: 3_600,
};
/** Alerts that are named in one message. */
export const NAMED_IN_MESSAGE = 10;
/** Longest silence or maintenance window. */
export const SILENCE_MAX_HOURS = 30 * 24;
export const SILENCE_REASON_MAX_CHARACTERS = 300;
export const NOTE_MAX_CHARACTERS = 2_000;
/** Live silences of one organisation. */
export const MAX_SILENCES = 100;
/** Alerts and incidents that are over are kept for a year, silences for a quarter of one. */
export const RECORDS_KEPT_DAYS = 365;
export const SILENCES_KEPT_DAYS = 90;

/** About what a rule speaks. */
export const SUBJECT_KINDS = ["validator", "network", "organization", "region"] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export const RULE_CODES = [
  "node_down",
  "behind",
  "far_behind",
  "low_peers",
  "missed_blocks",
  "slashing_risk_20",
  "slashing_risk_60",
  "slashing_risk_90",
  "not_signing",
  "jailed",
  "slashed",
  "tombstoned",
  "restart_loop",
  "cpu_high",
  "cpu_critical",
  "memory_high",
  "not_known",
  "chain_rpc_down",
  "chain_rpc_quarantined",
  "no_new_blocks",
  "provisioning_slow",
  "provisioning_failing",
  "region_degraded",
  "region_outage",
] as const;
export type RuleCode = (typeof RULE_CODES)[number];

export type Rule = {
  readonly code: RuleCode;
  readonly title: string;
  /** When it holds, in words; `{threshold}` is the figure that holds for the reader. */
  readonly condition: string;
  readonly about: SubjectKind;
  readonly severity: Severity;
  /** How long it must hold before anybody is told. */
  readonly forSeconds: number;
  /** The figure that an organisation may set otherwise; null where there is none. */
  readonly threshold: {
    readonly default: number;
    readonly min: number;
    readonly max: number;
    readonly unit: string;
  } | null;
  /** Rules that say the same with more weight, about the same validator, its network or its node's region: while one of them fires, nobody is told of this one. */
  readonly quietUnder: readonly RuleCode[];
  /** The same condition over the series of `/metrics`; `{threshold}` stands for the figure. */
  readonly expression: string;
  /** File of `runbooks/`, and the page `/docs/runbooks/{slug}`. */
  readonly runbook: string;
};

const OUTAGES = ["chain_rpc_down", "no_new_blocks"] as const;
/** What a node suffers from where its whole region is away. What the chain says of a validator is told all the same. */
const NODE_OUTAGES = ["region_outage", "tombstoned"] as const;
const MINUTE = 60;

/** Every rule; what is not here is not watched. */
export const RULES: readonly Rule[] = [
  {
    code: "node_down",
    title: "Node down",
    condition: "The node of a validator on the chain is stopped, has ended, or is gone from its host.",
    about: "validator",
    severity: "critical",
    forSeconds: 2 * MINUTE,
    threshold: null,
    quietUnder: [...NODE_OUTAGES],
    expression: "omniphi_validator_up == 0",
    runbook: "node-down",
  },
  {
    code: "behind",
    title: "Node behind",
    condition: "The node is more than {threshold} blocks behind the tip.",
    about: "validator",
    severity: "warning",
    forSeconds: 10 * MINUTE,
    threshold: { default: 100, min: 5, max: 100_000, unit: "blocks" },
    quietUnder: ["far_behind", "node_down", ...NODE_OUTAGES, ...OUTAGES],
    expression: "omniphi_validator_blocks_behind > {threshold}",
    runbook: "node-behind",
  },
  {
    code: "far_behind",
    title: "Node far behind",
    condition: "The node is more than {threshold} blocks behind the tip.",
    about: "validator",
    severity: "critical",
    forSeconds: 5 * MINUTE,
    threshold: { default: 1_000, min: 10, max: 1_000_000, unit: "blocks" },
    quietUnder: ["node_down", ...NODE_OUTAGES, ...OUTAGES],
    expression: "omniphi_validator_blocks_behind > {threshold}",
    runbook: "node-behind",
  },
  {
    code: "low_peers",
    title: "Few peers",
    condition: "The node has fewer than {threshold} peers. Not asked on a local chain, which has few nodes at all.",
    about: "validator",
    severity: "warning",
    forSeconds: 10 * MINUTE,
    threshold: { default: 3, min: 1, max: 100, unit: "peers" },
    quietUnder: ["node_down", ...NODE_OUTAGES, ...OUTAGES],
    expression: 'omniphi_validator_peers{network_kind!="localnet"} < {threshold}',
    runbook: "low-peers",
  },
  {
    code: "missed_blocks",
    title: "Blocks missed",
    condition: "The validator missed more than {threshold} blocks within an hour.",
    about: "validator",
    severity: "warning",
    forSeconds: 5 * MINUTE,
    threshold: { default: 10, min: 1, max: 100_000, unit: "misses an hour" },
    quietUnder: ["not_signing", "node_down", "jailed", "tombstoned", ...OUTAGES],
    expression: "omniphi_validator_missed_blocks_last_hour > {threshold}",
    runbook: "missed-blocks",
  },
  ...([20, 60, 90] as const).map(
    (percent): Rule => ({
      code: `slashing_risk_${percent}`,
      title: `Slashing risk ${percent} %`,
      condition: "{threshold} % or more of the misses that the chain allows are used up.",
      about: "validator",
      severity: percent === 20 ? "warning" : percent === 60 ? "error" : "critical",
      forSeconds: 2 * MINUTE,
      threshold: { default: percent, min: 1, max: 100, unit: "% of the chain's allowance" },
      quietUnder: [
        ...(percent === 20 ? (["slashing_risk_60", "slashing_risk_90"] as const) : []),
        ...(percent === 60 ? (["slashing_risk_90"] as const) : []),
        "jailed",
        "tombstoned",
      ],
      expression: "omniphi_validator_slashing_risk * 100 >= {threshold}",
      runbook: "slashing-risk",
    }),
  ),
  {
    code: "not_signing",
    title: "Not signing",
    condition: "The validator is in the set and signs no block.",
    about: "validator",
    severity: "critical",
    forSeconds: 5 * MINUTE,
    threshold: null,
    quietUnder: ["node_down", "jailed", "tombstoned", ...OUTAGES],
    expression: "omniphi_validator_signing == 0",
    runbook: "not-signing",
  },
  {
    code: "jailed",
    title: "Jailed",
    condition: "The chain jailed the validator.",
    about: "validator",
    severity: "critical",
    forSeconds: 0,
    threshold: null,
    quietUnder: ["tombstoned"],
    expression: "omniphi_validator_jailed == 1",
    runbook: "jailed",
  },
  {
    code: "slashed",
    title: "Slashed",
    condition: "The chain took a part of the validator's stake within the last hour.",
    about: "validator",
    severity: "error",
    forSeconds: 0,
    threshold: null,
    quietUnder: ["tombstoned"],
    expression: "omniphi_validator_slashes_last_hour > 0",
    runbook: "slashed",
  },
  {
    code: "tombstoned",
    title: "Signed twice",
    condition: "The chain saw the validator sign twice; its key never signs again.",
    about: "validator",
    severity: "critical",
    forSeconds: 0,
    threshold: null,
    quietUnder: [],
    expression: "omniphi_validator_tombstoned == 1",
    runbook: "double-sign",
  },
  {
    code: "restart_loop",
    title: "Restarts again and again",
    condition: "The node was restarted more than {threshold} times within an hour.",
    about: "validator",
    severity: "warning",
    forSeconds: 0,
    threshold: { default: 5, min: 1, max: 1_000, unit: "restarts an hour" },
    quietUnder: [...NODE_OUTAGES],
    expression: "omniphi_validator_restarts_last_hour > {threshold}",
    runbook: "restart-loop",
  },
  {
    code: "cpu_high",
    title: "CPU high",
    condition: "The node uses more than {threshold} % of its CPU.",
    about: "validator",
    severity: "warning",
    forSeconds: 5 * MINUTE,
    threshold: { default: 80, min: 10, max: 100, unit: "% of its CPU" },
    quietUnder: ["cpu_critical", "node_down", "region_outage"],
    expression: "omniphi_validator_cpu_percent > {threshold}",
    runbook: "resources",
  },
  {
    code: "cpu_critical",
    title: "CPU exhausted",
    condition: "The node uses more than {threshold} % of its CPU.",
    about: "validator",
    severity: "critical",
    forSeconds: 2 * MINUTE,
    threshold: { default: 95, min: 10, max: 100, unit: "% of its CPU" },
    quietUnder: ["node_down", "region_outage"],
    expression: "omniphi_validator_cpu_percent > {threshold}",
    runbook: "resources",
  },
  {
    code: "memory_high",
    title: "Memory high",
    condition: "The node uses more than {threshold} % of its memory.",
    about: "validator",
    severity: "warning",
    forSeconds: 5 * MINUTE,
    threshold: { default: 85, min: 10, max: 100, unit: "% of its memory" },
    quietUnder: ["node_down", "region_outage"],
    expression: "omniphi_validator_ram_percent > {threshold}",
    runbook: "resources",
  },
  {
    code: "not_known",
    title: "Not known",
    condition: "Nobody could read how the validator or its node stands. It may be well; it may be down.",
    about: "validator",
    severity: "warning",
    forSeconds: 10 * MINUTE,
    threshold: null,
    quietUnder: ["region_outage", ...OUTAGES],
    expression: "omniphi_validator_known == 0",
    runbook: "not-known",
  },
  {
    code: "chain_rpc_down",
    title: "Chain does not answer",
    condition: "No RPC endpoint of the network answers.",
    about: "network",
    severity: "critical",
    forSeconds: 2 * MINUTE,
    threshold: null,
    quietUnder: [],
    expression: "omniphi_chain_rpc_up == 0",
    runbook: "chain-rpc",
  },
  {
    code: "chain_rpc_quarantined",
    title: "Endpoint of another chain",
    condition: "An endpoint of the network answered as another chain and is not asked any more.",
    about: "network",
    severity: "warning",
    forSeconds: 0,
    threshold: null,
    quietUnder: [],
    expression: "omniphi_chain_rpc_quarantined > 0",
    runbook: "chain-rpc",
  },
  {
    code: "no_new_blocks",
    title: "No new blocks",
    condition: "The chain answers and has made no block for {threshold} minutes.",
    about: "network",
    severity: "critical",
    forSeconds: 0,
    threshold: { default: 5, min: 1, max: 1_440, unit: "minutes" },
    quietUnder: ["chain_rpc_down"],
    expression: "omniphi_chain_tip_age_seconds > {threshold} * 60",
    runbook: "chain-halt",
  },
  {
    code: "provisioning_slow",
    title: "Setup takes long",
    condition: "A setup has been under way for more than {threshold} minutes.",
    about: "validator",
    severity: "warning",
    forSeconds: 0,
    threshold: { default: 30, min: 1, max: 1_440, unit: "minutes" },
    quietUnder: [...OUTAGES],
    expression: "omniphi_setup_age_seconds > {threshold} * 60",
    runbook: "provisioning",
  },
  {
    code: "provisioning_failing",
    title: "Setups fail",
    condition: "The organisation's last {threshold} setups failed.",
    about: "organization",
    severity: "critical",
    forSeconds: 0,
    threshold: { default: 3, min: 2, max: 20, unit: "failures in a row" },
    quietUnder: [],
    expression: "omniphi_setup_consecutive_failures >= {threshold}",
    runbook: "provisioning",
  },
  {
    code: "region_degraded",
    title: "Region degraded",
    condition: "More than {threshold} % of the servers of a region in which the organisation holds slots are silent.",
    about: "region",
    severity: "warning",
    forSeconds: 5 * MINUTE,
    threshold: { default: 10, min: 1, max: 99, unit: "% of a region's servers" },
    quietUnder: ["region_outage"],
    expression: "omniphi_region_servers_silent_share * 100 > {threshold}",
    runbook: "region",
  },
  {
    code: "region_outage",
    title: "Region outage",
    condition: "More than {threshold} % of the servers of a region in which the organisation holds slots are silent.",
    about: "region",
    severity: "critical",
    forSeconds: 2 * MINUTE,
    threshold: { default: 50, min: 1, max: 99, unit: "% of a region's servers" },
    quietUnder: [],
    expression: "omniphi_region_servers_silent_share * 100 > {threshold}",
    runbook: "region",
  },
];

const BY_CODE: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.code, rule]));
/** The rule of that code; undefined for one that an older version had. */
export const ruleOf = (code: string): Rule | undefined => BY_CODE.get(code);

/** The condition with the figure that holds. */
export const conditionWords = (rule: Rule, threshold: number | null): string =>
  rule.condition.replace("{threshold}", String(threshold ?? ""));
