import { decToPercent, multiplyDecFloor } from "@/lib/chain/dec";
import { formatDuration } from "@/lib/format/format-duration";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import { formatBaseUnits } from "@/lib/money";
import type { MissBudget } from "@/server/domains/chain/mirror/schemas";
import { CHAIN_STALE_AFTER_SECONDS } from "@/server/domains/validators/constants";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";

export type StakeDenom = { readonly symbol: string; readonly exponent: number };
type Budget = Pick<
  MissBudget,
  "left" | "blocksToJail" | "downtimeJailSeconds" | "slashFractionDowntime" | "averageBlockMs" | "syncedAt"
>;
type Standing = Pick<ValidatorStanding, "state" | "nodeState" | "tokensBaseUnits">;

const misses = (count: number): string => `${groupDigits(count)} ${count === 1 ? "miss" : "misses"}`;
const aboutTime = ({ averageBlockMs, blocksToJail }: Budget): string =>
  averageBlockMs === null ? "" : `, about ${formatDuration(averageBlockMs * blocksToJail)}`;

/** "0.01 % of 1 000 OMNI = 0.1 OMNI"; without the sum where the stake is not known. */
function slashWords(fraction: string, tokensBaseUnits: string | null, { symbol, exponent }: StakeDenom): string {
  const share = `${decToPercent(fraction)}${UNIT_SPACE}%`;
  if (tokensBaseUnits === null) return `${share} of the stake`;
  const amount = (baseUnits: bigint) => `${formatBaseUnits(baseUnits, exponent)}${UNIT_SPACE}${symbol}`;
  const tokens = BigInt(tokensBaseUnits);
  return `${share} of ${amount(tokens)} = ${amount(multiplyDecFloor(fraction, tokens))}`;
}

/** Why no block asks for its signature, so that a miss costs nothing; null where blocks do. */
export function whyNotAsked({ state }: Pick<ValidatorStanding, "state">): string | null {
  if (state === "jailed") return "the validator is jailed and not asked to sign";
  if (state === "unbonded" || state === "unbonding")
    return "the validator is outside the active set and not asked to sign";
  if (state === "tombstoned" || state === "gone") return "the chain asks this validator for no signature any more";
  return null;
}

/** What it costs to miss every block from now on, in the numbers of the chain; said as unknown where they are not known. */
export function missPrice(standing: Standing, budget: Budget | null, denom: StakeDenom): string {
  const free = whyNotAsked(standing);
  if (free !== null) return `Nothing: ${free}.`;
  if (budget === null) return "Every block is missed. How many misses are left before jail is not known now.";
  const jail =
    budget.downtimeJailSeconds > 0 ? `jail for ${formatDuration(budget.downtimeJailSeconds * 1_000)} at least` : "jail";
  return `${misses(budget.left)}${aboutTime(budget)}, then ${jail} and ${slashWords(budget.slashFractionDowntime, standing.tokensBaseUnits, denom)}.`;
}

/** What a person does to a node. */
export type Act = "stop" | "start" | "redeploy" | "terminate";

/** What the act costs now, in the chain's numbers. */
export function actPrice(act: Act, standing: Standing, budget: Budget | null, denom: StakeDenom): string {
  if (act === "start") {
    return standing.state === "jailed"
      ? "Nothing. It signs nothing until its owner unjails it, which needs the node in sync."
      : "Nothing.";
  }
  if (act === "terminate") return "Nothing: the chain asks this validator for no signature any more.";
  const price = missPrice(standing, budget, denom);
  if (act === "stop" || whyNotAsked(standing) !== null) return price;
  return `The blocks in between are missed, usually ten to thirty. If it stayed down: ${price}`;
}

/** How long until jail while every block is missed, e.g. for a countdown; null where no jail is near or the numbers are too old. */
export function jailCountdown(standing: Standing, budget: Budget | null, nowMs: number): string | null {
  const isMissingAll = standing.state === "missing" || (standing.state === "signing" && isDown(standing));
  if (!isMissingAll || !isDown(standing) || budget === null || budget.averageBlockMs === null) return null;
  const ageMs = Math.max(0, nowMs - Date.parse(budget.syncedAt));
  if (ageMs > CHAIN_STALE_AFTER_SECONDS * 1_000) return null;
  const leftMs = budget.averageBlockMs * budget.blocksToJail - ageMs;
  if (leftMs <= 0) return "Jail is due with the next blocks.";
  const left = Math.ceil(leftMs / budget.averageBlockMs);
  // Whole seconds, so that it ticks.
  return `Jail in about ${formatDuration(Math.max(1, Math.round(leftMs / 1_000)) * 1_000)}, after ${misses(left)} more.`;
}

const isDown = ({ nodeState }: Standing): boolean =>
  nodeState === "stopped" || nodeState === "down" || nodeState === "removed" || nodeState === "none";
