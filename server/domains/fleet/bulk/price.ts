import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { ValidatorStanding } from "@/server/domains/validators";
import { type BulkAct, REDEPLOY_AWAY_SECONDS } from "../constants";

/** What an act costs a validator that signs now. */
export type Price = {
  /** It would be jailed, or nobody can tell that it would not. */
  readonly isJailing: boolean;
  readonly sentence: string;
};

type Facts = {
  readonly standing: Pick<ValidatorStanding, "state" | "misses" | "lastKnown">;
  /** Null where too few blocks are recorded. */
  readonly averageBlockMs: number | null;
};

/**
 * Whether the chain asks for its signature now, as far as anybody can tell: of one that was not looked at lately what was known last counts, and one
 * of which nothing is known may be asked.
 */
export const mayBeInSet = ({ state, lastKnown }: Pick<ValidatorStanding, "state" | "lastKnown">): boolean => {
  const word = state === "unknown" ? (lastKnown?.state ?? "unknown") : state;
  return word === "signing" || word === "missing" || word === "unknown";
};

const blocks = (count: number): string => `${groupDigits(count)} ${count === 1 ? "block" : "blocks"}`;

/** Whether the node is away for a time by it. */
export const takesAway = (act: BulkAct): act is "stop" | "redeploy" => act === "stop" || act === "redeploy";

/** Null where it misses nothing by it: it is not in the set, or its node is not ended by it. */
export function priceOf(act: BulkAct, { standing, averageBlockMs }: Facts): Price | null {
  if (!takesAway(act) || !mayBeInSet(standing)) return null;
  const left = standing.misses?.left ?? null;
  if (act === "stop") {
    if (left === null)
      return { isJailing: true, sentence: "It misses every block; how many are left before jail is not known." };
    const time = averageBlockMs === null ? "" : `, about ${formatDuration(left * averageBlockMs)}`;
    return { isJailing: true, sentence: `It misses every block and is jailed after ${blocks(left)}${time}.` };
  }
  const costs =
    averageBlockMs === null || averageBlockMs <= 0 ? null : Math.ceil((REDEPLOY_AWAY_SECONDS * 1_000) / averageBlockMs);
  if (costs === null || left === null) {
    return { isJailing: true, sentence: "It is away for about a minute; whether that is jail is not known." };
  }
  return {
    isJailing: costs >= left,
    sentence: `It misses about ${blocks(costs)} of ${groupDigits(left)} that are left before jail.`,
  };
}
