import { z } from "zod";
import {
  wireBaseUnits,
  wireBigint,
  wireCoin,
  wireDec,
  wireDecCoin,
  wireDurationSeconds,
  wireEd25519Base64,
  wireInstant,
  wireNumber,
} from "./wire-values";

// Cosmos SDK 0.53 gRPC gateway: answers by path, only what is used.

/** An error of the gateway: a gRPC status code and its text. */
export const restError = z.object({ code: z.number().int(), message: z.string() });

/** Where the next page begins; null, absent or empty on the last. */
export const restPage = z.looseObject({ pagination: z.object({ next_key: z.string().nullish() }).nullish() });

export const restNodeInfo = z.object({ default_node_info: z.object({ network: z.string().min(1) }) });

const description = z.object({
  moniker: z.string(),
  identity: z.string(),
  website: z.string(),
  security_contact: z.string(),
  details: z.string(),
});

export const restValidator = z.object({
  operator_address: z.string(),
  consensus_pubkey: z.object({ "@type": z.string(), key: wireEd25519Base64 }),
  jailed: z.boolean(),
  status: z.enum(["BOND_STATUS_UNBONDED", "BOND_STATUS_UNBONDING", "BOND_STATUS_BONDED"]),
  tokens: wireBaseUnits,
  delegator_shares: wireDec,
  description,
  unbonding_height: wireBigint,
  unbonding_time: wireInstant,
  commission: z.object({
    commission_rates: z.object({ rate: wireDec, max_rate: wireDec, max_change_rate: wireDec }),
    update_time: wireInstant,
  }),
  min_self_delegation: wireBaseUnits,
});
export type RestValidator = z.infer<typeof restValidator>;

export const restSigningInfo = z.object({
  address: z.string(),
  start_height: wireBigint,
  jailed_until: wireInstant,
  tombstoned: z.boolean(),
  missed_blocks_counter: wireNumber,
});
export type RestSigningInfo = z.infer<typeof restSigningInfo>;

export const restValidatorAnswer = z.object({ validator: restValidator });
export const restSigningInfoAnswer = z.object({ val_signing_info: restSigningInfo });

export const restSlashingParams = z.object({
  params: z.object({
    signed_blocks_window: wireNumber,
    min_signed_per_window: wireDec,
    downtime_jail_duration: wireDurationSeconds,
    slash_fraction_double_sign: wireDec,
    slash_fraction_downtime: wireDec,
  }),
});

export const restStakingParams = z.object({
  params: z.object({
    unbonding_time: wireDurationSeconds,
    max_validators: z.number().int(),
    max_entries: z.number().int(),
    historical_entries: z.number().int(),
    bond_denom: z.string(),
    min_commission_rate: wireDec,
  }),
});

export const restGovParams = z.object({
  params: z.object({
    voting_period: wireDurationSeconds,
    expedited_voting_period: wireDurationSeconds.nullish(),
    max_deposit_period: wireDurationSeconds,
    min_deposit: z.array(wireCoin),
    quorum: wireDec,
    threshold: wireDec,
    veto_threshold: wireDec,
  }),
});

export const restMintParams = z.object({
  params: z.object({
    mint_denom: z.string(),
    inflation_max: wireDec,
    inflation_min: wireDec,
    goal_bonded: wireDec,
    blocks_per_year: wireBigint,
  }),
});

export const restDistributionParams = z.object({
  params: z.object({ community_tax: wireDec, withdraw_addr_enabled: z.boolean() }),
});

export const restAccountInfo = z.object({
  info: z.object({
    address: z.string(),
    pub_key: z.object({ "@type": z.string(), key: z.string().optional() }).nullish(),
    account_number: wireBigint,
    sequence: wireBigint,
  }),
});

export const restBalance = wireCoin;

export const restDelegation = z.object({
  delegation: z.object({ delegator_address: z.string(), validator_address: z.string(), shares: wireDec }),
  balance: wireCoin,
});

export const restUnbonding = z.object({
  validator_address: z.string(),
  entries: z.array(
    z.object({
      creation_height: wireBigint,
      completion_time: wireInstant,
      initial_balance: wireBaseUnits,
      balance: wireBaseUnits,
    }),
  ),
});

export const restRedelegation = z.object({
  redelegation: z.object({ validator_src_address: z.string(), validator_dst_address: z.string() }),
  entries: z.array(
    z.object({
      // int32 in staking.proto, so a JSON number here, unlike every other height.
      redelegation_entry: z.object({ creation_height: z.number().int(), completion_time: wireInstant }),
      balance: wireBaseUnits,
    }),
  ),
});

export const restRewards = z.object({
  rewards: z.array(z.object({ validator_address: z.string(), reward: z.array(wireDecCoin) })),
  total: z.array(wireDecCoin),
});

export const restCommission = z.object({ commission: z.object({ commission: z.array(wireDecCoin) }) });

export const restWithdrawAddress = z.object({ withdraw_address: z.string().min(1) });

export const restGrant = z.object({
  authorization: z.looseObject({ "@type": z.string() }),
  expiration: wireInstant.nullish(),
});
export const restStakeAuthorization = z.object({
  max_tokens: wireCoin.nullish(),
  allow_list: z.object({ address: z.array(z.string()) }).nullish(),
  authorization_type: z.string(),
});
export const restFeeAllowance = z.object({
  grantee: z.string(),
  allowance: z.looseObject({ "@type": z.string() }),
});

export const restOutstandingRewards = z.object({ rewards: z.object({ rewards: z.array(wireDecCoin) }) });
/** The gateway writes the count as a string; a zero beside a row is a gateway that does not count. */
export const restDelegatorCount = z
  .object({
    delegation_responses: z.array(z.unknown()),
    pagination: z.object({ total: z.coerce.number().int().min(0) }),
  })
  .refine((answer) => answer.pagination.total >= answer.delegation_responses.length, "rows without a count");

export const restUpgradePlan = z.object({
  plan: z.object({ name: z.string(), height: wireBigint, info: z.string() }).nullish(),
});

export const restProposal = z.object({
  id: wireBigint,
  messages: z.array(z.looseObject({ "@type": z.string() })),
  status: z.enum([
    "PROPOSAL_STATUS_DEPOSIT_PERIOD",
    "PROPOSAL_STATUS_VOTING_PERIOD",
    "PROPOSAL_STATUS_PASSED",
    "PROPOSAL_STATUS_REJECTED",
    "PROPOSAL_STATUS_FAILED",
  ]),
  submit_time: wireInstant.nullish(),
  deposit_end_time: wireInstant.nullish(),
  total_deposit: z.array(wireCoin),
  voting_start_time: wireInstant.nullish(),
  voting_end_time: wireInstant.nullish(),
  title: z.string(),
  summary: z.string(),
  proposer: z.string().optional(),
  expedited: z.boolean().optional(),
});

export const restTally = z.object({
  tally: z.object({
    yes_count: wireBaseUnits,
    abstain_count: wireBaseUnits,
    no_count: wireBaseUnits,
    no_with_veto_count: wireBaseUnits,
  }),
});

export const restVote = z.object({
  vote: z.object({
    options: z.array(
      z.object({
        option: z.enum(["VOTE_OPTION_YES", "VOTE_OPTION_ABSTAIN", "VOTE_OPTION_NO", "VOTE_OPTION_NO_WITH_VETO"]),
        weight: wireDec,
      }),
    ),
  }),
});

export const restStakingPool = z.object({ pool: z.object({ bonded_tokens: wireBaseUnits }) });
export const restAnnualProvisions = z.object({ annual_provisions: wireDec });
export const restProposalAnswer = z.object({ proposal: restProposal });
export type RestProposal = z.infer<typeof restProposal>;

export const restTxResponse = z.object({
  txhash: z.string().regex(/^[0-9A-F]{64}$/),
  height: wireBigint,
  codespace: z.string(),
  code: z.number().int(),
  raw_log: z.string(),
  gas_wanted: wireBigint,
  gas_used: wireBigint,
  timestamp: z.string(),
});

export const restTx = z.object({
  body: z.object({ messages: z.array(z.object({ "@type": z.string() })), memo: z.string() }),
  auth_info: z.object({ fee: z.object({ amount: z.array(wireCoin) }).nullish() }),
});

export const restTxAnswer = z.object({ tx: restTx, tx_response: restTxResponse });
export const restTxPage = z.object({ txs: z.array(restTx), tx_responses: z.array(restTxResponse), total: wireNumber });
export const restBroadcast = z.object({ tx_response: restTxResponse });
export const restSimulate = z.object({ gas_info: z.object({ gas_used: wireBigint }) });
export const restNodeConfig = z.object({ minimum_gas_price: z.string() });
export const restConsensusParams = z.object({ params: z.object({ block: z.object({ max_gas: wireBigint }) }) });
