import { decAtomics, decFromAtomics } from "@/lib/chain/dec";

/** What the chain itself tells of its minting, each with the query that it comes from; all Dec strings but the counts. */
export type AprFacts = {
  /** x/mint, `/cosmos/mint/v1beta1/annual_provisions`; a chain without x/mint has no such figure, and its rate is unknown. */
  readonly annualProvisions: string;
  /** x/mint `params.blocks_per_year`: what the chain mints in a block is the year's share of that. */
  readonly blocksPerYear: bigint;
  /** Measured over the last recorded blocks; null while it is not known. */
  readonly averageBlockMs: number | null;
  /** x/distribution `params.community_tax`. */
  readonly communityTax: string;
  /** x/staking, `/cosmos/staking/v1beta1/pool`, `bonded_tokens`. */
  readonly bondedBaseUnits: bigint;
};

/** A Julian year, as x/mint counts it (cosmos-sdk 0.53, x/mint/types/params.go). */
const YEAR_MS = 31_557_600_000n;
const ONE = 10n ** 18n;

/**
 * Yearly rate on bonded stake before a validator's commission, as a Dec string: minted coins without the community's share, at the block time that
 * was measured, since blocks that come faster than the chain counts mint more in a year. Fees come on top and are not guessed. Null where the block
 * time or the bonded stake says nothing.
 */
export function aprOf(facts: AprFacts): string | null {
  if (facts.averageBlockMs === null || facts.averageBlockMs <= 0 || facts.bondedBaseUnits === 0n) return null;
  if (facts.blocksPerYear <= 0n) return null;
  const blockMicros = BigInt(Math.round(facts.averageBlockMs * 1_000));
  const perYear = (decAtomics(facts.annualProvisions) * YEAR_MS * 1_000n) / (facts.blocksPerYear * blockMicros);
  const toStakers = (perYear * (ONE - decAtomics(facts.communityTax))) / ONE;
  // Six digits are more than the measured block time is good for.
  const rate = toStakers / facts.bondedBaseUnits;
  return decFromAtomics(rate - (rate % 10n ** 12n));
}
