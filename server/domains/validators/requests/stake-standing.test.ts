import { describe, expect, it } from "vitest";
import { stakeStanding } from "./stake-standing";

const OMNI = 1_000_000n;
const inSet = (stakes: readonly bigint[], stakeBaseUnits: bigint, maxValidators = 3) =>
  stakeStanding({ stakes, stakeBaseUnits, maxValidators, powerReduction: OMNI });

describe("where a stake would stand", () => {
  it("is nowhere below one unit of voting power, however empty the set is", () => {
    expect(inSet([], OMNI - 1n)).toMatchObject({ isBelowOnePower: true, wouldJoinSet: false, votingPower: 0n });
    expect(inSet([], OMNI)).toMatchObject({ isBelowOnePower: false, wouldJoinSet: true, wouldRank: 1 });
  });

  it("is behind whoever has as many units of power", () => {
    expect(inSet([9n * OMNI, 2n * OMNI + 5n], 2n * OMNI + 900n)).toMatchObject({ wouldRank: 3, wouldJoinSet: true });
    expect(inSet([9n * OMNI, 2n * OMNI], 3n * OMNI)).toMatchObject({ wouldRank: 2, isSetFull: false });
  });

  it("is outside a full set unless it has more power than the lowest", () => {
    const full = [9n * OMNI, 5n * OMNI, 4n * OMNI];
    const standing = { isSetFull: true, lowestBondedBaseUnits: 4n * OMNI };
    expect(inSet(full, 4n * OMNI)).toMatchObject({ ...standing, wouldJoinSet: false, wouldRank: 4 });
    expect(inSet(full, 5n * OMNI)).toMatchObject({ ...standing, wouldJoinSet: true, wouldRank: 3 });
  });

  it("counts in the chain's own unit", () => {
    const wei = 10n ** 18n;
    const standing = stakeStanding({ stakes: [wei], stakeBaseUnits: wei - 1n, maxValidators: 3, powerReduction: wei });
    expect(standing).toMatchObject({ isBelowOnePower: true, wouldJoinSet: false });
    expect(stakeStanding({ stakes: [], stakeBaseUnits: wei, maxValidators: 3, powerReduction: wei })).toMatchObject({
      votingPower: 1n,
      lowestBondedBaseUnits: null,
    });
  });
});
