import { compareDec, decAtomics } from "@/lib/chain/dec";
import type { CHAIN_EVENT_KINDS, JailCause } from "../constants";
import { jailCauseOf } from "./jail-record";

/*
 * The rule: two looks at a network differ in events, each said once. A validator that was not there is created; one that is no longer there is
 * removed; entering and leaving the set, jail, release, tombstone, a slash and an edit are told apart; an upgrade plan is planned, changed (cleared and planned
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
  readonly consensusAddress: string;
  readonly jailedUntil: Date | null;
  readonly moniker: string;
  readonly commissionRate: string;
  readonly profile: Readonly<Record<string, string>> | null;
  readonly tokensBaseUnits: bigint;
  readonly delegatorShares: string | null;
};
/** A penalty as the results of its block tell it. */
type Slash = {
  readonly consensusAddress: string;
  readonly amountBaseUnits: bigint;
  readonly cause: JailCause;
  readonly heightBlocks: bigint;
};
type Plan = { readonly name: string; readonly heightBlocks: string; readonly info: string } | null;

/** What changed between two looks; the first look at a network has validators but no news of jail or set. */
export function changesOfValidators(
  before: readonly (SeenValidator & { readonly isRemoved: boolean; readonly isWatched: boolean })[],
  now: readonly SeenValidator[],
  at: Date,
  slashes: readonly Slash[] = [],
): readonly ChainChange[] {
  const known = new Map(before.map((validator) => [validator.operatorAddress, validator]));
  const seen = new Set(now.map((validator) => validator.operatorAddress));
  const appeared = now.flatMap((validator): ChainChange[] => {
    const was = known.get(validator.operatorAddress);
    const { operatorAddress, consensusPubkeyBase64 } = validator;
    const change = (kind: ChainChange["kind"], details: ChainChange["details"] = {}): ChainChange => ({
      kind,
      operatorAddress,
      details: { consensusPubkeyBase64, ...details },
    });
    if (was === undefined || was.isRemoved) {
      return [change("validator_created"), ...(validator.status === "bonded" ? [change("validator_bonded")] : [])];
    }
    return [
      ...(was.status !== "bonded" && validator.status === "bonded" ? [change("validator_bonded")] : []),
      ...(was.status === "bonded" && validator.status !== "bonded" ? [change("validator_left_set")] : []),
      ...(!was.jailed && validator.jailed
        ? [
            change("validator_jailed", {
              cause: jailCauseOf(was, validator, at),
              jailedUntil: validator.jailedUntil?.toISOString() ?? null,
            }),
          ]
        : []),
      ...slashOf(was, validator, at, slashes).map((details) => change("validator_slashed", details)),
      ...(was.isWatched
        ? delegatedOf(was, validator).map((details) => change("validator_stake_changed", details))
        : []),
      ...(was.jailed && !validator.jailed ? [change("validator_unjailed")] : []),
      ...(!was.tombstoned && validator.tombstoned ? [change("validator_tombstoned")] : []),
      ...editsOf(was, validator).map((details) => change("validator_edited", details)),
    ];
  });
  const gone = before
    .filter((validator) => !validator.isRemoved && !seen.has(validator.operatorAddress))
    .map(({ operatorAddress }): ChainChange => ({ kind: "validator_removed", operatorAddress, details: {} }));
  return [...appeared, ...gone];
}

/** A loss below one in a million is what rounding leaves, no slash. */
const ROUNDING = 1_000_000n;

/**
 * What was slashed between two looks: as the blocks' results tell, else by difference. A slash lowers what a share is worth, a delegation does not: what the shares of now would be worth at the
 * rate of before, less what they are.
 */
function slashOf(
  was: SeenValidator,
  now: SeenValidator,
  at: Date,
  slashes: readonly Slash[],
): readonly ChainChange["details"][] {
  const told = slashes.filter(({ consensusAddress }) => consensusAddress === now.consensusAddress);
  if (told.length > 0) {
    return told.map(({ amountBaseUnits, cause, heightBlocks }) => ({
      amountBaseUnits: amountBaseUnits.toString(),
      tokensBeforeBaseUnits: was.tokensBaseUnits.toString(),
      cause,
      slashedAtHeightBlocks: heightBlocks.toString(),
    }));
  }
  const lost = slashedBetween(was, now);
  if (lost === 0n) return [];
  return [
    {
      amountBaseUnits: lost.toString(),
      tokensBeforeBaseUnits: was.tokensBaseUnits.toString(),
      cause: jailCauseOf(was, now, at),
    },
  ];
}

function slashedBetween(was: SeenValidator, now: SeenValidator): bigint {
  if (was.delegatorShares === null || now.delegatorShares === null) return 0n;
  const [sharesBefore, sharesNow] = [decAtomics(was.delegatorShares), decAtomics(now.delegatorShares)];
  if (sharesBefore === 0n || sharesNow === 0n) return 0n;
  const lost = (was.tokensBaseUnits * sharesNow) / sharesBefore - now.tokensBaseUnits;
  return lost <= 0n || lost * ROUNDING < was.tokensBaseUnits ? 0n : lost;
}

/** What was delegated between two looks, less what was taken out: the change of its tokens that no slash explains. */
function delegatedOf(was: SeenValidator, now: SeenValidator): readonly ChainChange["details"][] {
  const change = now.tokensBaseUnits - was.tokensBaseUnits + slashedBetween(was, now);
  // What rounding leaves of a slash is nobody's delegation.
  const size = change < 0n ? -change : change;
  if (size === 0n || (slashedBetween(was, now) > 0n && size * ROUNDING < was.tokensBaseUnits)) return [];
  return [{ changeBaseUnits: change.toString(), tokensBaseUnits: now.tokensBaseUnits.toString() }];
}

/** What its owner changed, each with its old and new value; long texts by name alone. */
function editsOf(was: SeenValidator, now: SeenValidator): readonly ChainChange["details"][] {
  const edits: Record<string, string> = {};
  if (was.moniker !== now.moniker) Object.assign(edits, { monikerFrom: was.moniker, monikerTo: now.moniker });
  if (compareDec(was.commissionRate, now.commissionRate) !== 0) {
    Object.assign(edits, { commissionFrom: was.commissionRate, commissionTo: now.commissionRate });
  }
  const { profile } = was;
  const changed =
    profile === null ? [] : Object.entries(now.profile ?? profile).filter(([name, text]) => profile[name] !== text);
  if (changed.length > 0) edits.fields = changed.map(([name]) => name).join(", ");
  return Object.keys(edits).length === 0 ? [] : [edits];
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
