import type { CallOptions } from "./call-options";
import type {
  ChainAccount,
  ChainBlock,
  ChainBlockNotice,
  ChainCoin,
  ChainCommitSignatures,
  ChainConsensusValidator,
  ChainDelegation,
  ChainDistributionParams,
  ChainFeeAllowance,
  ChainGasFacts,
  ChainGovParams,
  ChainGrant,
  ChainMintParams,
  ChainNetInfo,
  ChainProposal,
  ChainRedelegation,
  ChainRewards,
  ChainSigningInfo,
  ChainSlash,
  ChainSlashingParams,
  ChainStakingParams,
  ChainStatus,
  ChainTally,
  ChainTransaction,
  ChainTransactionPage,
  ChainTxResult,
  ChainUnbonding,
  ChainUpgradePlan,
  ChainValidator,
  ChainValidatorStatus,
  ChainVote,
} from "./chain-facts";
import type { ChainRiskGuard } from "./risk-guard";

export type * from "./chain-facts";

/** One Cosmos chain as its `networks` row describes it; everything an adapter may know of it. */
export type ChainNetwork = {
  /** Our id of the row, `net_<uuid>`; names the pool in logs and reports. */
  readonly networkId: string;
  /** What `/status` of every endpoint must answer before the endpoint is used. */
  readonly chainId: string;
  /** CometBFT RPC bases, best first, without a trailing slash. */
  readonly rpcUrls: readonly string[];
  /** Cosmos SDK REST (gRPC gateway) bases, best first. */
  readonly restUrls: readonly string[];
  readonly bech32: ChainBech32Prefixes;
  /** `public` for endpoints that a person gave: only the public internet is asked. `own` for a localnet and for nodes on hosts of ours. */
  readonly reach: "public" | "own";
  /** Base denom that stake and fees are paid in, e.g. `omniphi`. */
  readonly baseDenom: string;
  /** Lowest price of a unit of gas that the network's record names, a Dec string: the floor where a node's own is empty. */
  readonly gasPriceFloor: string;
};

/** The three prefixes that addresses are made with (the `pub` forms are their prefix followed by `pub`). */
export type ChainBech32Prefixes = {
  readonly account: string;
  readonly validator: string;
  readonly consensus: string;
};

/** How a read is done: `maxAgeMs: 0` passes by the cache; `twoSources` asks two endpoints and throws `chain.sources_disagree` unless they agree. */
export type ChainReadOptions = CallOptions & { readonly maxAgeMs?: number; readonly twoSources?: boolean };

/** Standing of one endpoint of the pool; `quarantined` is never asked again until its row changes. */
export type ChainEndpointHealth = {
  readonly url: string;
  readonly kind: "rpc" | "rest";
  readonly state: "unknown" | "healthy" | "failing" | "quarantined";
  /** Why it is failing or quarantined, in one sentence; null otherwise. */
  readonly reason: string | null;
  readonly latencyMs: number | null;
  readonly consecutiveFailures: number;
  /** ISO time of the last answer of any kind; null before the first. */
  readonly checkedAt: string | null;
};

/**
 * One chain, asked through its pool of endpoints. Every method throws only AppErrors: `upstream_unavailable` (`chain.unavailable`: no endpoint
 * answers; `chain.id_mismatch`: those that answer are another chain; `chain.stale_height`: those that answer are behind), `timeout`
 * (`chain.rpc_timeout`), `upstream_rejected` (`chain.bad_answer`, `chain.sources_disagree`, `chain.transaction_refused`,
 * `chain.simulation_refused`), `not_found` (`chain.<thing>_not_found`), `rate_limited` (`chain.rate_limited`). A failed read is never zero,
 * null or an empty list. Heights are in blocks; amounts in base units; Dec values are decimal strings of at most 18 fractional digits; instants
 * are RFC 3339 strings.
 */
export type ChainNode = {
  readonly network: ChainNetwork;
  status(options?: ChainReadOptions): Promise<ChainStatus>;
  netInfo(options?: ChainReadOptions): Promise<ChainNetInfo>;
  /** Block with the signatures that its own `LastCommit` carries (those of the block before); latest when no height is given. */
  block(heightBlocks?: bigint, options?: ChainReadOptions): Promise<ChainBlock>;
  /**
   * What each transaction of a block came to, in the block's order. @throws upstream_rejected `chain.results_not_kept` where every node that
   * answers discards them
   */
  blockResults(heightBlocks: bigint, options?: ChainReadOptions): Promise<readonly ChainTxResult[]>;
  /** Who signed this very block, from the commit stored with it; `canonical` false while the next block may still add to it. */
  commit(heightBlocks: bigint, options?: ChainReadOptions): Promise<ChainCommitSignatures>;
  /** CometBFT's validator set at a height, all pages, in the set's own order. */
  consensusValidators(heightBlocks: bigint, options?: ChainReadOptions): Promise<readonly ChainConsensusValidator[]>;
  /** @throws not_found `chain.validator_not_found` */
  validatorByOperator(operatorAddress: string, options?: ChainReadOptions): Promise<ChainValidator>;
  /** Every validator of the staking module, or those of one status; all pages. */
  validatorSet(
    filter?: { readonly status?: ChainValidatorStatus },
    options?: ChainReadOptions,
  ): Promise<readonly ChainValidator[]>;
  /** Searches the full set by the raw 32-byte ed25519 key in base64. @throws not_found `chain.validator_not_found` */
  validatorByConsensusPubkey(consensusPubkeyBase64: string, options?: ChainReadOptions): Promise<ChainValidator>;
  /** @throws not_found `chain.signing_info_not_found` (the validator never was in the active set) */
  signingInfo(consensusAddress: string, options?: ChainReadOptions): Promise<ChainSigningInfo>;
  signingInfos(options?: ChainReadOptions): Promise<readonly ChainSigningInfo[]>;
  /** Penalties of one block. @throws upstream_unavailable `chain.unavailable` also where no endpoint keeps the results of its blocks */
  slashes(heightBlocks: bigint, options?: ChainReadOptions): Promise<readonly ChainSlash[]>;
  slashingParams(options?: ChainReadOptions): Promise<ChainSlashingParams>;
  stakingParams(options?: ChainReadOptions): Promise<ChainStakingParams>;
  govParams(options?: ChainReadOptions): Promise<ChainGovParams>;
  /** Null is the chain's own answer that it has no such module. */
  mintParams(options?: ChainReadOptions): Promise<ChainMintParams | null>;
  distributionParams(options?: ChainReadOptions): Promise<ChainDistributionParams | null>;
  /** An address that never received anything is an answer (`exists: false`), not an error. */
  account(address: string, options?: ChainReadOptions): Promise<ChainAccount>;
  /** All coins of an account, also those that vest later; what can be paid with is `spendableBalances`. */
  balances(address: string, options?: ChainReadOptions): Promise<readonly ChainCoin[]>;
  /** What the account could send or stake as a fee now: of a vesting account less than its balance. */
  spendableBalances(address: string, options?: ChainReadOptions): Promise<readonly ChainCoin[]>;
  /** All stake that is bonded now, in base units of the bond denom. */
  bondedBaseUnits(options?: ChainReadOptions): Promise<bigint>;
  /** What x/mint would mint in a year of the chain's own count, a Dec string. @throws upstream_rejected `chain.query_unsupported` without x/mint */
  annualProvisions(options?: ChainReadOptions): Promise<string>;
  delegations(delegatorAddress: string, options?: ChainReadOptions): Promise<readonly ChainDelegation[]>;
  unbondings(delegatorAddress: string, options?: ChainReadOptions): Promise<readonly ChainUnbonding[]>;
  redelegations(delegatorAddress: string, options?: ChainReadOptions): Promise<readonly ChainRedelegation[]>;
  rewards(delegatorAddress: string, options?: ChainReadOptions): Promise<ChainRewards>;
  /** Commission that the operator could withdraw now; amounts are Dec strings of base units. */
  outstandingCommission(operatorAddress: string, options?: ChainReadOptions): Promise<readonly ChainDecCoin[]>;
  /** All that the validator's delegators and itself have earned and not withdrawn, its commission included. */
  outstandingRewards(operatorAddress: string, options?: ChainReadOptions): Promise<readonly ChainDecCoin[]>;
  /** How many accounts have stake with the validator, its own among them. @throws not_found `chain.validator_not_found` */
  delegatorCount(operatorAddress: string, options?: ChainReadOptions): Promise<number>;
  /** Where the account's rewards are paid out: itself, unless it said otherwise. */
  withdrawAddress(delegatorAddress: string, options?: ChainReadOptions): Promise<string>;
  /** What the granter lets the grantee do; grants that are over are none. @throws upstream_rejected `chain.query_unsupported` without x/authz */
  grants(granterAddress: string, granteeAddress: string, options?: ChainReadOptions): Promise<readonly ChainGrant[]>;
  /** Whose fees the granter pays. @throws upstream_rejected `chain.query_unsupported` without x/feegrant */
  feeAllowances(granterAddress: string, options?: ChainReadOptions): Promise<readonly ChainFeeAllowance[]>;
  /** The plan that the chain will halt for; null is the chain's own answer that there is none, or no module for it. */
  upgradePlan(options?: ChainReadOptions): Promise<ChainUpgradePlan | null>;
  proposal(proposalId: bigint, options?: ChainReadOptions): Promise<ChainProposal>;
  /** All proposals, newest first. */
  proposals(options?: ChainReadOptions): Promise<readonly ChainProposal[]>;
  /** The count so far, or the final one. @throws not_found `chain.proposal_not_found` */
  tally(proposalId: bigint, options?: ChainReadOptions): Promise<ChainTally>;
  /** What the account voted; null where the chain holds no vote of it, which is also so once voting has ended. */
  vote(proposalId: bigint, voterAddress: string, options?: ChainReadOptions): Promise<ChainVote | null>;
  /** What the chain's risk guard holds of a proposal; null is the chain's own answer that it has no such module. */
  riskGuard(proposalId: bigint, options?: ChainReadOptions): Promise<ChainRiskGuard | null>;
  /** Its judgement alone, for lists: one question brings it, and an answer of a minute ago serves. */
  riskReport(proposalId: bigint, options?: ChainReadOptions): Promise<Pick<ChainRiskGuard, "report"> | null>;
  /**
   * Asks the nodes' index. @param txHash upper-case hex. @throws not_found `chain.transaction_not_found`, upstream_rejected `chain.index_not_kept`
   * where every node that answers has none: the blocks themselves are the truth then
   */
  transaction(txHash: string, options?: ChainReadOptions): Promise<ChainTransaction>;
  /** One page, newest first; `page` counts from 1. */
  transactionsBySender(
    address: string,
    page: { readonly page: number; readonly pageSize: number },
    options?: ChainReadOptions,
  ): Promise<ChainTransactionPage>;
  /** What gas must cost at least now and how much a transaction may use. */
  gasFacts(options?: ChainReadOptions): Promise<ChainGasFacts>;
  /** Runs the transaction without committing it; signatures may be empty. @throws upstream_rejected `chain.simulation_refused` */
  simulate(txBytes: Uint8Array, options?: CallOptions): Promise<{ readonly gasUsed: bigint }>;
  /**
   * Hands the signed bytes to the chain and waits for its check only, never for a block. Repeating the same bytes is safe: a transaction that
   * the chain already knows is answered with its hash. @throws upstream_rejected `chain.transaction_refused` (details: codespace, chainCode,
   * reason) or `timeout` `chain.broadcast_unknown` when it may or may not have been taken: look for the hash in `details.txHash`.
   */
  broadcast(txBytes: Uint8Array, options?: CallOptions): Promise<{ readonly txHash: string }>;
  /**
   * New blocks as they come, by subscription, or by polling while no subscription stands; heights only grow but may skip: the reader fills
   * gaps by `block`. Ends when the signal aborts; throws nothing else.
   */
  subscribeBlocks(options: { readonly signal: AbortSignal }): AsyncIterable<ChainBlockNotice>;
  /** Standing of each endpoint, without asking any. */
  endpointHealth(): readonly ChainEndpointHealth[];
};

/** A coin whose amount is a Dec string (decimal point included), as the distribution module accounts. */
export type ChainDecCoin = { readonly denom: string; readonly amount: string };

/** Why a broadcast was refused, by the SDK's own codes; `other` keeps the raw codespace and code in `details`. */
export const TRANSACTION_REFUSALS = [
  "sequence_mismatch",
  "insufficient_funds",
  "insufficient_fee",
  "out_of_gas",
  "unauthorized",
  "memo_too_large",
  "tx_too_large",
  "mempool_full",
  "already_exists",
  "timeout_height",
  "invalid",
  "other",
] as const;
export type TransactionRefusal = (typeof TRANSACTION_REFUSALS)[number];

/** Gives the one ChainNode of a network; the same description gives the same pool, a changed one replaces it. */
export type ChainNodes = {
  forNetwork(network: ChainNetwork): ChainNode;
  close(): Promise<void>;
};
