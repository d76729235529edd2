/** What a look of the watcher finds of a chain's rules, where a test is about something else. */
export const LOOKED_AT_PARAMS = {
  slashingParams: {
    signedBlocksWindow: 120,
    minSignedPerWindow: "0.05",
    downtimeJailSeconds: 600,
    slashFractionDoubleSign: "0.05",
    slashFractionDowntime: "0.0001",
  },
  stakingParams: {
    unbondingSeconds: 600,
    maxValidators: 100,
    maxEntries: 7,
    bondDenom: "omniphi",
    minCommissionRate: "0.05",
  },
};
