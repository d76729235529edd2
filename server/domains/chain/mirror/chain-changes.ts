import type { CHAIN_EVENT_KINDS } from "../constants";

/*
 * The rule: two looks at a network differ in events, each said once. A validator that was not there is created; one that is no longer there is
 * removed; entering and leaving the set, jail, release and tombstone are told apart; an upgrade plan is planned, changed (cleared and planned
 * again) or cleared.
 */

export type ChainChange = {
  readonly kind: (typeof CHAIN_EVENT_KINDS)[number];
  readonly operatorAddress: string | null;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
};

type SeenValidator = {
  readonly operatorAddress: string;
  readonly consensusPubkeyBase64: string;
  readonly status: "unbonded" | "unbonding" | "bonded";
  readonly jailed: boolean;
  readonly tombstoned: boolean;
};
type Plan = { readonly name: string; readonly heightBlocks: string; readonly info: string } | null;

/** What changed between two looks; the first look at a network has validators but no news of jail or set. */
export function changesOfValidators(
  before: readonly (SeenValidator & { readonly isRemoved: boolean })[],
  now: readonly SeenValidator[],
): readonly ChainChange[] {
  const known = new Map(before.map((validator) => [validator.operatorAddress, validator]));
  const seen = new Set(now.map((validator) => validator.operatorAddress));
  const appeared = now.flatMap((validator): ChainChange[] => {
    const was = known.get(validator.operatorAddress);
    const { operatorAddress, consensusPubkeyBase64 } = validator;
    const change = (kind: ChainChange["kind"]): ChainChange => ({
      kind,
      operatorAddress,
      details: { consensusPubkeyBase64 },
    });
    if (was === undefined || was.isRemoved) {
      return [change("validator_created"), ...(validator.status === "bonded" ? [change("validator_bonded")] : [])];
    }
    return [
      ...(was.status !== "bonded" && validator.status === "bonded" ? [change("validator_bonded")] : []),
      ...(was.status === "bonded" && validator.status !== "bonded" ? [change("validator_left_set")] : []),
      ...(!was.jailed && validator.jailed ? [change("validator_jailed")] : []),
      ...(was.jailed && !validator.jailed ? [change("validator_unjailed")] : []),
      ...(!was.tombstoned && validator.tombstoned ? [change("validator_tombstoned")] : []),
    ];
  });
  const gone = before
    .filter((validator) => !validator.isRemoved && !seen.has(validator.operatorAddress))
    .map(({ operatorAddress }): ChainChange => ({ kind: "validator_removed", operatorAddress, details: {} }));
  return [...appeared, ...gone];
}

/** What changed of the upgrade plan. */
export function changesOfPlan(before: Plan, now: Plan): readonly ChainChange[] {
  if (before?.name === now?.name && before?.heightBlocks === now?.heightBlocks) return [];
  const change = (kind: ChainChange["kind"], plan: NonNullable<Plan>): ChainChange => ({
    kind,
    operatorAddress: null,
    details: { name: plan.name, heightBlocks: plan.heightBlocks },
  });
  return [
    ...(before === null ? [] : [change("upgrade_cleared", before)]),
    ...(now === null ? [] : [change("upgrade_planned", now)]),
  ];
}
