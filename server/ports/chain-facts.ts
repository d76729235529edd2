/** What CometBFT's `/status` says of the answering node. */
export type ChainStatus = {
  readonly chainId: string;
  readonly latestHeightBlocks: bigint;
  readonly latestBlockHash: string;
  readonly latestBlockAt: string;
  /** What the answering node's own clock showed, to the second; null where it does not tell (a proxy in between may tell its own). */
  readonly clockAt: string | null;
  /** Lowest height that this node can still serve. */
  readonly earliestHeightBlocks: bigint;
  readonly catchingUp: boolean;
  /** CometBFT node id (hex), moniker and CometBFT version of the answering node. */
  readonly nodeId: string;
  readonly moniker: string;
  readonly cometVersion: string;
  /** The answering node's own consensus key; raw ed25519 in base64. */
  readonly consensusPubkeyBase64: string;
};

export type ChainPeer = { readonly nodeId: string; readonly moniker: string; readonly remoteIp: string };

export type ChainNetInfo = { readonly peerCount: number; readonly peers: readonly ChainPeer[] };

/** How one slot of the validator set took part: `commit` and `nil` are signed votes, `absent` is none. */
export type ChainBlockIdFlag = "absent" | "commit" | "nil";

export type ChainCommitSignature = {
  readonly flag: ChainBlockIdFlag;
  /** Upper-case hex of the 20-byte consensus address; null where the slot is absent (CometBFT leaves it empty). */
  readonly consensusAddressHex: string | null;
  readonly signedAt: string | null;
};

/** Signatures for one height in the order of the validator set of that height. */
export type ChainCommitSignatures = {
  readonly heightBlocks: bigint;
  readonly round: number;
  readonly blockHash: string;
  readonly signatures: readonly ChainCommitSignature[];
  readonly canonical: boolean;
};

export type ChainBlock = {
  readonly chainId: string;
  readonly heightBlocks: bigint;
  readonly hash: string;
  readonly blockAt: string;
  readonly proposerAddressHex: string;
  readonly validatorsHash: string;
  readonly nextValidatorsHash: string;
  readonly appHash: string;
  readonly txCount: number;
  /** Raw transactions in base64. */
  readonly txsBase64: readonly string[];
  /** Signatures of the block before (height - 1), final by then; null in the first block. */
  readonly lastCommit: ChainCommitSignatures | null;
};

export type ChainBlockNotice = { readonly heightBlocks: bigint; readonly via: "subscription" | "polling" };

export type ChainConsensusValidator = {
  readonly consensusAddressHex: string;
  readonly consensusPubkeyBase64: string;
  readonly votingPower: bigint;
};

export const CHAIN_VALIDATOR_STATUSES = ["unbonded", "unbonding", "bonded"] as const;
export type ChainValidatorStatus = (typeof CHAIN_VALIDATOR_STATUSES)[number];

/** One validator of the staking module. Rates are Dec strings, e.g. `0.1`. */
export type ChainValidator = {
  readonly operatorAddress: string;
  readonly consensusPubkeyBase64: string;
  /** Bech32 of the consensus address derived from the key. */
  readonly consensusAddress: string;
  readonly consensusAddressHex: string;
  readonly jailed: boolean;
  readonly status: ChainValidatorStatus;
  readonly tokensBaseUnits: bigint;
  readonly delegatorShares: string;
  readonly description: {
    readonly moniker: string;
    readonly identity: string;
    readonly website: string;
    readonly securityContact: string;
    readonly details: string;
  };
  readonly commissionRate: string;
  readonly commissionMaxRate: string;
  readonly commissionMaxChangeRate: string;
  readonly commissionUpdatedAt: string;
  readonly minSelfDelegationBaseUnits: bigint;
  readonly unbondingHeightBlocks: bigint;
  readonly unbondingAt: string;
};

export type ChainSigningInfo = {
  readonly consensusAddress: string;
  readonly startHeightBlocks: bigint;
  readonly jailedUntil: string;
  readonly tombstoned: boolean;
  /** Misses inside the running window. */
  readonly missedBlocks: number;
};

/** One penalty as the results of its block tell it. */
export type ChainSlash = {
  /** Bech32 of the consensus address. */
  readonly consensusAddress: string;
  readonly amountBaseUnits: bigint;
  readonly cause: "downtime" | "double_sign" | "unknown";
};

export type ChainSlashingParams = {
  readonly signedBlocksWindow: number;
  readonly minSignedPerWindow: string;
  readonly downtimeJailSeconds: number;
  readonly slashFractionDoubleSign: string;
  readonly slashFractionDowntime: string;
};

export type ChainStakingParams = {
  readonly unbondingSeconds: number;
  readonly maxValidators: number;
  readonly maxEntries: number;
  readonly historicalEntries: number;
  readonly bondDenom: string;
  readonly minCommissionRate: string;
};

export type ChainCoin = { readonly denom: string; readonly amountBaseUnits: bigint };

export type ChainGovParams = {
  readonly votingPeriodSeconds: number;
  readonly expeditedVotingPeriodSeconds: number | null;
  readonly maxDepositPeriodSeconds: number;
  readonly minDeposit: readonly ChainCoin[];
  readonly quorum: string;
  readonly threshold: string;
  readonly vetoThreshold: string;
};

/** What one account lets another do in its name. Kinds that are not told apart here are `other`. */
export type ChainGrant = { readonly expiresAt: string | null } & (
  | {
      readonly kind: "delegate";
      /** What may still be delegated; null is without a limit. */
      readonly leftBaseUnits: bigint | null;
      readonly denom: string | null;
      /** Validators that it is for; null where it is for others than some, or for all. */
      readonly operatorAddresses: readonly string[] | null;
    }
  | { readonly kind: "any"; readonly msgTypeUrl: string }
  | { readonly kind: "other" }
);

/** What one account pays of another's fees. */
export type ChainFeeAllowance = {
  readonly granteeAddress: string;
  /** What is left, by coin; null is without a limit. */
  readonly left: readonly ChainCoin[] | null;
  readonly expiresAt: string | null;
  /** Kinds of messages that it is for; null is for all. */
  readonly msgTypeUrls: readonly string[] | null;
};

export type ChainMintParams = {
  readonly mintDenom: string;
  readonly inflationMax: string;
  readonly inflationMin: string;
  readonly goalBonded: string;
  /** The chain's own assumption; never use it to convert blocks to time. */
  readonly blocksPerYear: bigint;
};

export type ChainDistributionParams = {
  readonly communityTax: string;
  readonly withdrawAddrEnabled: boolean;
};

export type ChainAccount = {
  readonly address: string;
  readonly exists: boolean;
  readonly accountNumber: bigint;
  readonly sequence: bigint;
  /** Compressed secp256k1 in base64; null until the account has signed once. */
  readonly pubkeyBase64: string | null;
  /** Block after which it was so; null where the endpoint does not tell. */
  readonly heightBlocks: bigint | null;
};

export type ChainDelegation = {
  readonly delegatorAddress: string;
  readonly operatorAddress: string;
  readonly shares: string;
  readonly denom: string;
  readonly amountBaseUnits: bigint;
};

export type ChainUnbonding = {
  readonly operatorAddress: string;
  readonly creationHeightBlocks: bigint;
  readonly completesAt: string;
  readonly initialBaseUnits: bigint;
  readonly balanceBaseUnits: bigint;
};

export type ChainRedelegation = {
  readonly sourceOperatorAddress: string;
  readonly destinationOperatorAddress: string;
  readonly creationHeightBlocks: bigint;
  readonly completesAt: string;
  readonly balanceBaseUnits: bigint;
};

/** Amounts are Dec strings of base units, as the distribution module accounts. */
export type ChainRewards = {
  readonly byValidator: readonly {
    readonly operatorAddress: string;
    readonly coins: readonly { readonly denom: string; readonly amount: string }[];
  }[];
  readonly total: readonly { readonly denom: string; readonly amount: string }[];
};

export type ChainUpgradePlan = { readonly name: string; readonly heightBlocks: bigint; readonly info: string };

export const CHAIN_PROPOSAL_STATUSES = ["deposit_period", "voting_period", "passed", "rejected", "failed"] as const;

export type ChainProposal = {
  readonly proposalId: bigint;
  readonly title: string;
  readonly summary: string;
  readonly status: (typeof CHAIN_PROPOSAL_STATUSES)[number];
  /** Type URLs of what it would execute, in order. */
  readonly messageTypeUrls: readonly string[];
  /** The same messages whole, each as the JSON text that the chain writes of it. */
  readonly messagesJson: readonly string[];
  readonly submittedAt: string | null;
  readonly depositEndsAt: string | null;
  readonly votingStartsAt: string | null;
  readonly votingEndsAt: string | null;
  readonly totalDeposit: readonly ChainCoin[];
  /** Empty where the chain does not tell it. */
  readonly proposerAddress: string;
  readonly isExpedited: boolean;
};

/** Stake behind each answer, in base units of the bond denom. */
export type ChainTally = {
  readonly yes: bigint;
  readonly abstain: bigint;
  readonly no: bigint;
  readonly noWithVeto: bigint;
};

export const CHAIN_VOTE_OPTIONS = ["yes", "abstain", "no", "no_with_veto"] as const;

/** What an account voted; several options where it split its vote. Weights are Dec strings. */
export type ChainVote = {
  readonly options: readonly { readonly option: (typeof CHAIN_VOTE_OPTIONS)[number]; readonly weight: string }[];
};

/** A transaction in a block. `code` 0 is success; otherwise codespace and code say why it failed. */
export type ChainTransaction = {
  readonly txHash: string;
  readonly heightBlocks: bigint;
  readonly blockAt: string | null;
  readonly code: number;
  readonly codespace: string;
  readonly rawLog: string;
  readonly gasWanted: bigint;
  readonly gasUsed: bigint;
  readonly messageTypeUrls: readonly string[];
  readonly memo: string;
  readonly fee: readonly ChainCoin[];
};

/** What a transaction in a block came to; `code` 0 is success. */
export type ChainTxResult = { readonly code: number; readonly codespace: string; readonly log: string };

export type ChainTransactionPage = { readonly items: readonly ChainTransaction[]; readonly total: number };

export type ChainGasFacts = {
  /** Floor per unit of gas in the network's base denom, a Dec string: the answering node's own, or the network's where that node has none. */
  readonly minimumGasPrice: string;
  /** Live base fee where the chain has a fee market; null where it has none. */
  readonly baseFee: string | null;
  /** Gas that a block may use; null where the chain sets no limit. */
  readonly maxBlockGas: bigint | null;
  /** Gas that one transaction may use; null where the chain sets no limit of its own. */
  readonly maxTxGas: bigint | null;
};
