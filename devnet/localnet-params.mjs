// What a local chain is set to: the public network's parameters, with its times shortened so that a person can watch
// an unbonding, a jailing, a vote or an upgrade from beginning to end.

const BASE_UNITS_PER_OMNI = 1_000_000n;

/** @param {bigint} amountOmni */
function omni(amountOmni) {
  return String(amountOmni * BASE_UNITS_PER_OMNI);
}

/**
 * Defaults of initLocalnet's `params`. Amounts are base units as decimal strings, `Dec` values are decimal strings with
 * at most 18 digits after the point. README.md gives the public value and the reason beside each.
 */
export const DEFAULT_LOCALNET_PARAMS = Object.freeze({
  validatorMoniker: "genesis",
  /**
   * Stake of the genesis validator. With everything else in circulation staked against it, it still has
   * 300 of 375, so the chain goes on whatever newcomers do with their nodes.
   */
  validatorStakeBaseUnits: omni(300_000_000n),
  /** What the genesis validator's account keeps for fees, deposits and tests. */
  validatorLiquidBaseUnits: omni(10_000_000n),
  faucetBaseUnits: omni(65_000_000n),

  unbondingSeconds: 600,
  maxValidators: 125,
  maxEntries: 7,
  historicalEntriesBlocks: 10_000,
  minCommissionDec: "0.05",

  signedWindowBlocks: 120,
  minSignedPerWindowDec: "0.05",
  downtimeJailSeconds: 60,
  slashDowntimeDec: "0.0001",
  slashDoubleSignDec: "0.05",

  votingSeconds: 120,
  expeditedVotingSeconds: 60,
  depositSeconds: 300,
  minDepositBaseUnits: omni(10n),
  expeditedMinDepositBaseUnits: omni(50n),
  quorumDec: "0.334",
  thresholdDec: "0.5",
  vetoThresholdDec: "0.334",

  inflationMinDec: "0.005",
  inflationMaxDec: "0.03",

  maxBlockGas: 60_000_000,
  /** In the chain's own base denom. */
  minGasPriceDec: "0.025",
  /** Where a fee market sends its share, on a chain that has one and stops without it; empty for the genesis validator's own account. */
  treasuryAddress: "",
  /** A state-sync snapshot every so many blocks; the last two are kept. */
  snapshotIntervalBlocks: 100,
});

/** @typedef {{ -readonly [K in keyof typeof DEFAULT_LOCALNET_PARAMS]: (typeof DEFAULT_LOCALNET_PARAMS)[K] }} LocalnetParams */

const YEAR_MS = 31_557_600_000; // a Julian year, as x/mint counts blocks_per_year

/**
 * The defaults with the caller's changes.
 *
 * @param {Partial<LocalnetParams>} [overrides]
 * @returns {LocalnetParams}
 * @throws {Error} on a name that does not exist or a value of another type
 */
export function resolveLocalnetParams(overrides = {}) {
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(DEFAULT_LOCALNET_PARAMS, name)) throw new Error(`There is no localnet parameter "${name}".`);
    const expected = typeof DEFAULT_LOCALNET_PARAMS[name];
    if (typeof value !== expected) throw new Error(`The localnet parameter "${name}" has to be a ${expected}.`);
  }
  return { ...DEFAULT_LOCALNET_PARAMS, ...overrides };
}

/**
 * Consensus timeouts that make about one block per `blockTimeMs`. Every validator of the chain should use them: one
 * that waits longer is the slowest whenever it proposes. The public network's are 2.5 s, 1.5 s, 1.5 s and 2 s for 4 s
 * blocks; here the pause after a commit is the whole block time, as a lone validator spends no time on votes, and the
 * rest leaves a loaded machine room before a round is lost.
 *
 * @param {number} blockTimeMs
 * @returns {{ proposeMs: number, proposeDeltaMs: number, voteMs: number, voteDeltaMs: number, commitMs: number }}
 */
export function consensusTimeouts(blockTimeMs) {
  const stepMs = Math.max(500, Math.min(3_000, blockTimeMs));
  return {
    proposeMs: stepMs,
    proposeDeltaMs: Math.round(stepMs / 4),
    voteMs: Math.round(stepMs / 2),
    voteDeltaMs: Math.round(stepMs / 4),
    commitMs: blockTimeMs,
  };
}

/**
 * Writes the parameters into a genesis document that the binary's `init` made. A chain without one of the modules, or with one of another
 * release whose parameters have other names, keeps what its binary wrote; so does every module that is not named here.
 *
 * @param {any} genesis changed in place
 * @param {LocalnetParams} params
 * @param {number} blockTimeMs
 */
export function applyGenesisParams(genesis, params, blockTimeMs) {
  const { staking, slashing, gov, mint } = genesis.app_state;
  const coin = (amount) => [{ denom: staking.params.bond_denom, amount }];

  setKnown(staking.params, {
    unbonding_time: `${params.unbondingSeconds}s`,
    max_validators: params.maxValidators,
    max_entries: params.maxEntries,
    historical_entries: params.historicalEntriesBlocks,
    min_commission_rate: params.minCommissionDec,
  });
  setKnown(slashing?.params, {
    signed_blocks_window: String(params.signedWindowBlocks),
    min_signed_per_window: params.minSignedPerWindowDec,
    downtime_jail_duration: `${params.downtimeJailSeconds}s`,
    slash_fraction_downtime: params.slashDowntimeDec,
    slash_fraction_double_sign: params.slashDoubleSignDec,
  });
  setKnown(gov?.params, {
    voting_period: `${params.votingSeconds}s`,
    expedited_voting_period: `${params.expeditedVotingSeconds}s`,
    max_deposit_period: `${params.depositSeconds}s`,
    min_deposit: coin(params.minDepositBaseUnits),
    expedited_min_deposit: coin(params.expeditedMinDepositBaseUnits),
    quorum: params.quorumDec,
    threshold: params.thresholdDec,
    veto_threshold: params.vetoThresholdDec,
  });
  setKnown(mint?.minter, { inflation: params.inflationMaxDec });
  setKnown(mint?.params, {
    inflation_min: params.inflationMinDec,
    inflation_max: params.inflationMaxDec,
    inflation_rate_change: params.inflationMaxDec,
    blocks_per_year: String(Math.round(YEAR_MS / blockTimeMs)),
  });

  // Up to SDK 0.46 the consensus parameters stand at the root.
  const consensus = genesis.consensus?.params ?? genesis.consensus_params;
  setKnown(consensus?.block, { max_gas: String(params.maxBlockGas) });
  // Evidence older than the unbonding time punishes nobody, and must not be younger-limited than it (CometBFT
  // spec/core/data_structures, EvidenceParams: "should correspond with an app's unbonding period").
  setKnown(consensus?.evidence, {
    max_age_duration: String(BigInt(params.unbondingSeconds) * 1_000_000_000n),
    max_age_num_blocks: String(Math.ceil((params.unbondingSeconds * 1_000) / blockTimeMs)),
  });
}

/**
 * Gives a fee market its treasury where the chain has such a module and its genesis names none: a chain of that kind
 * stops at its first block without it.
 *
 * @param {any} genesis changed in place
 * @param {string} address
 */
export function setTreasury(genesis, address) {
  const { feemarket } = genesis.app_state;
  for (const holder of [feemarket, feemarket?.params]) setKnown(holder, { treasury_address: address });
}

/** Sets what is there already: a binary refuses a genesis with a field that it does not know. */
function setKnown(target, values) {
  if (target === null || typeof target !== "object") return;
  for (const [name, value] of Object.entries(values)) if (Object.hasOwn(target, name)) target[name] = value;
}
