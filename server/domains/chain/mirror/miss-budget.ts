import { decAtomics, multiplyDecFloor } from "@/lib/chain/dec";

/*
 * The rule: of the last `window` blocks a validator must sign at least `round(window x minSigned)`; it is jailed with the first miss beyond
 * `window - that`, and never before a whole window has passed since it began (cosmos-sdk 0.53, x/slashing/keeper/infractions.go and
 * params.go: `MinSignedPerWindow.MulInt64(window).RoundInt64()`, which rounds halves to even).
 */

export type MissBudgetFacts = {
  readonly minSignedBlocks: number;
  readonly allowedMisses: number;
  readonly left: number;
  readonly isWindowFull: boolean;
  /** Blocks until jail at the soonest, if from now on every one is missed. */
  readonly blocksToJail: number;
};

const ONE = 10n ** 18n;

/** How many misses a validator may have, and how many are left before the one that jails it. */
export function missBudgetOf(
  params: { readonly signedBlocksWindow: number; readonly minSignedPerWindow: string },
  signing: { readonly missedBlocks: number; readonly startHeightBlocks: bigint; readonly heightBlocks: bigint },
): MissBudgetFacts {
  const window = BigInt(params.signedBlocksWindow);
  const minSignedBlocks = Number(roundHalfEven(params.minSignedPerWindow, window));
  const allowedMisses = params.signedBlocksWindow - minSignedBlocks;
  const left = Math.max(0, allowedMisses - signing.missedBlocks);
  const blocksToFullWindow = signing.startHeightBlocks + window - signing.heightBlocks;
  return {
    minSignedBlocks,
    allowedMisses,
    left,
    blocksToJail: Math.max(left, Number(blocksToFullWindow)),
    isWindowFull: signing.heightBlocks > signing.startHeightBlocks + window,
  };
}

function roundHalfEven(dec: string, factor: bigint): bigint {
  const floor = multiplyDecFloor(dec, factor);
  const twiceRest = (decAtomics(dec) * factor - floor * ONE) * 2n;
  const isUp = twiceRest > ONE || (twiceRest === ONE && floor % 2n === 1n);
  return isUp ? floor + 1n : floor;
}
