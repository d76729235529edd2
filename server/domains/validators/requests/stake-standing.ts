/** A set of validators and a stake that wants into it; all amounts in base units. */
type Asked = {
  /** Tokens of each validator that signs now. */
  readonly stakes: readonly bigint[];
  readonly powerReduction: bigint;
  readonly maxValidators: number;
  readonly stakeBaseUnits: bigint;
};

/** Where the stake would stand. Ranks are by units of power, as the staking module orders; of two alike the newcomer is told the lower rank. */
export function stakeStanding({ stakes, powerReduction, maxValidators, stakeBaseUnits }: Asked) {
  const power = stakeBaseUnits / powerReduction;
  const powers = stakes.map((stake) => stake / powerReduction);
  const isSetFull = stakes.length >= maxValidators;
  const isBelowOnePower = power === 0n;
  const wouldRank = powers.filter((other) => other >= power).length + 1;
  return {
    powerReduction,
    votingPower: power,
    isBelowOnePower,
    isSetFull,
    maxValidators,
    wouldRank,
    wouldJoinSet: !isBelowOnePower && wouldRank <= maxValidators,
    /** Tokens of the lowest in the set; null while nobody signs. */
    lowestBondedBaseUnits: [...stakes].sort((one, other) => (one < other ? -1 : 1))[0] ?? null,
  };
}

export type StakeStanding = ReturnType<typeof stakeStanding>;
