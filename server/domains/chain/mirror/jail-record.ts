import type { JailCause } from "../constants";

/*
 * The rule: the slashing module names an end of jail for downtime, and for double signing it shuts the key out for ever (cosmos-sdk 0.53,
 * x/slashing/keeper/infractions.go, x/evidence/keeper/infraction.go). Jail without a new end comes of the staking module: too little stake of its
 * own. A validator that was in jail when it was first looked at tells only by an end that is still to come.
 */

type Jailed = { readonly jailed: boolean; readonly tombstoned: boolean; readonly jailedUntil: Date | null };

/** Why the chain jails it, from the look before, undefined where there is none, and this one. */
export function jailCauseOf(before: Jailed | undefined, now: Jailed, at: Date): JailCause {
  if (now.tombstoned) return "double_sign";
  if (now.jailedUntil === null) return "unknown";
  if (before === undefined) return now.jailedUntil > at ? "downtime" : "unknown";
  return before.jailedUntil === null || now.jailedUntil > before.jailedUntil ? "downtime" : "unknown";
}

type Record = {
  readonly jailedSince: Date | null;
  readonly jailedHeightBlocks: bigint | null;
  readonly jailCause: JailCause | null;
};

/** What is kept of its jail: since which look, and why. Of one that was there before the first look neither time nor height is known. */
export function jailRecord(
  before: (Jailed & Record & { readonly removedAt: Date | null }) | undefined,
  now: Jailed,
  look: { readonly at: Date; readonly heightBlocks: bigint },
): Record {
  if (!now.jailed) return { jailedSince: null, jailedHeightBlocks: null, jailCause: null };
  const known = before?.removedAt === null ? before : undefined;
  if (known?.jailed) {
    const { jailedSince, jailedHeightBlocks, jailCause } = known;
    // A double sign can come to light while it sits in jail.
    return { jailedSince, jailedHeightBlocks, jailCause: now.tombstoned ? "double_sign" : jailCause };
  }
  const cause = { jailCause: jailCauseOf(known, now, look.at) };
  return known === undefined
    ? { jailedSince: null, jailedHeightBlocks: null, ...cause }
    : { jailedSince: look.at, jailedHeightBlocks: look.heightBlocks, ...cause };
}
