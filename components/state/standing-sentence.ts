import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits } from "@/lib/format/group-digits";
import type { NodeStanding } from "@/server/domains/validators/constants";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { type ShownStanding, STANDING_JUDGEMENT } from "./judgements";

type Jail = NonNullable<ValidatorStanding["jail"]>;

const CAUSES: Record<Jail["cause"], string> = {
  downtime: "for missing too many blocks",
  double_sign: "for signing a block twice",
  unknown: "for a cause that was not seen; too little stake of its own is one",
};

/** What the node adds to the chain's word; nothing where it does what it should. */
const OF_NODE: Record<NodeStanding, string> = {
  synced: "",
  behind: " Its node is catching up and signs nothing until it is in sync.",
  down: " Its node is down.",
  stopped: " Its node is stopped.",
  unknown: " How its node is, is not known.",
  at_work: " Its node is being worked on.",
  removed: " It has no node.",
  none: " It has no node.",
};

const blocks = (count: number): string => `${groupDigits(count)} ${count === 1 ? "block" : "blocks"}`;

/** Misses of the newest blocks and what is left before jail, e.g. "3 of the last 200 blocks missed; 28 497 more before jail." */
function missesOf({ blocks: seen, misses }: ShownStanding): string {
  if (seen === null) return "";
  const left = misses === null ? "" : `${groupDigits(misses.left)} more before jail.`;
  if (seen.missed === 0)
    return `No block missed of the last ${groupDigits(seen.asked)}.${left === "" ? "" : ` ${left}`}`;
  const missed = `${groupDigits(seen.missed)} of the last ${groupDigits(seen.asked)} blocks missed`;
  return left === "" ? `${missed}.` : `${missed}; ${left}`;
}

function untilWords(jail: Jail, nowMs: number): string {
  const leftMs = jail.until === null ? 0 : Date.parse(jail.until) - nowMs;
  return leftMs > 0
    ? `The chain lets it out in ${formatDuration(leftMs)} at the earliest, by an unjail of its owner.`
    : "The chain lets it out now, by an unjail of its owner.";
}

/** How a validator that the chain has or had stands, in one sentence; its setup speaks for itself before. */
export function standingSentence(standing: ShownStanding, nowMs: number): string {
  const { nodeState } = standing;
  const node = nodeState === undefined ? "" : OF_NODE[nodeState];
  switch (standing.state) {
    case "tombstoned":
      return "The chain saw it sign a block twice and shut its key out for ever. It can never sign again; what is delegated can be taken back.";
    case "gone":
      return `The chain has this validator no more. Its key and sign state are kept.${nodeState === undefined || nodeState === "removed" || nodeState === "none" ? "" : " Its node signs nothing and can be removed."}`;
    case "jailed": {
      const { jail } = standing;
      // The word before it is "Jailed" already.
      const why = jail === null ? "It" : `Shut out ${CAUSES[jail.cause]}: it`;
      return `${why} signs nothing and earns nothing.${jail === null ? "" : ` ${untilWords(jail, nowMs)}`}${node}`;
    }
    case "unbonded":
      return `It is outside the active set and signs nothing; it needs more stake than the lowest of the set.${node}`;
    case "unbonding": {
      const leftMs = standing.unbondsAt === null ? 0 : Date.parse(standing.unbondsAt) - nowMs;
      const end = leftMs > 0 ? ` Its stake is free in ${formatDuration(leftMs)} unless it enters the set again.` : "";
      return `It has left the active set and signs nothing.${end}${node}`;
    }
    case "missing": {
      const { missedInRow } = standing.blocks ?? { missedInRow: 0 };
      return `It missed the newest ${missedInRow === 1 ? "block" : blocks(missedInRow)}. ${missesOf(standing)}${node}`;
    }
    case "signing":
      return `${missesOf(standing)}${node}`;
    case "unknown": {
      const { lastKnown } = standing;
      if (lastKnown === null) return `The chain has shown no block yet that asked for its signature.${node}`;
      const age = formatDuration(nowMs - Date.parse(lastKnown.at));
      const word = STANDING_JUDGEMENT[lastKnown.state].word.toLowerCase();
      return `Nothing new was read of the chain for ${age}. Last known: ${word}.${node}`;
    }
    default:
      return "";
  }
}
