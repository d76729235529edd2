import type { NodeStanding } from "@/server/domains/validators";
import {
  jailNotOver,
  nodeNotInSync,
  notJailed,
  type ShowAmount,
  selfDelegationBelowMinimum,
  tombstoned,
} from "../errors";

/** How a node that the organisation runs stands now, and when it was last heard of. */
export type OwnNode = { readonly state: NodeStanding; readonly lastSeenAt: string | null };

/** What decides whether a validator can be released now. */
export type UnjailFacts = {
  readonly isJailed: boolean;
  readonly isTombstoned: boolean;
  /** RFC 3339; null where the chain keeps no record, which ends no jail later. */
  readonly jailedUntil: string | null;
  /** Time of the chain's last block: the chain compares with its own clock. */
  readonly chainNow: Date;
  readonly selfDelegationBaseUnits: bigint;
  readonly minSelfDelegationBaseUnits: bigint;
  /** Null where this organisation runs none, so that nothing is known of it. */
  readonly node: OwnNode | null;
};

/**
 * Why the validator cannot be released now, worst first; null when it can. The first four are the chain's own rules (cosmos-sdk 0.53,
 * x/slashing/keeper/unjail.go), the last is ours: one that does not sign is jailed again.
 */
export function refuseUnjail(facts: UnjailFacts, show: ShowAmount) {
  if (!facts.isJailed) return notJailed();
  if (facts.isTombstoned) return tombstoned();
  const secondsLeft =
    facts.jailedUntil === null ? 0 : Math.ceil((Date.parse(facts.jailedUntil) - facts.chainNow.getTime()) / 1_000);
  if (facts.jailedUntil !== null && secondsLeft > 0) return jailNotOver(facts.jailedUntil, secondsLeft);
  if (facts.selfDelegationBaseUnits < facts.minSelfDelegationBaseUnits) {
    return selfDelegationBelowMinimum(show, facts.selfDelegationBaseUnits, facts.minSelfDelegationBaseUnits);
  }
  if (facts.node !== null && facts.node.state !== "synced") return nodeNotInSync(facts.node);
  return null;
}
