import type { z } from "zod";
import { normalizeDec } from "@/lib/chain/dec";
import { consensusAddressHexOf, consensusAddressOf } from "@/lib/chain/key-address";
import type {
  ChainBlock,
  ChainBlockIdFlag,
  ChainCommitSignatures,
  ChainProposal,
  ChainSigningInfo,
  ChainStatus,
  ChainTransaction,
  ChainValidator,
  ChainVote,
} from "@/server/ports/chain-node";
import type { RestProposal, RestSigningInfo, RestValidator, restTx, restTxResponse, restVote } from "./rest-schemas";
import type { RpcBlock, RpcCommitBody, RpcStatus } from "./rpc-schemas";

const FLAGS: Record<1 | 2 | 3, ChainBlockIdFlag> = { 1: "absent", 2: "commit", 3: "nil" };

/** CometBFT's `/status` in our words. */
export function toStatus(wire: RpcStatus, clockAt: string | null): ChainStatus {
  return {
    chainId: wire.node_info.network,
    latestHeightBlocks: wire.sync_info.latest_block_height,
    latestBlockHash: wire.sync_info.latest_block_hash,
    latestBlockAt: wire.sync_info.latest_block_time,
    clockAt,
    earliestHeightBlocks: wire.sync_info.earliest_block_height,
    catchingUp: wire.sync_info.catching_up,
    nodeId: wire.node_info.id,
    moniker: wire.node_info.moniker,
    cometVersion: wire.node_info.version,
    consensusPubkeyBase64: wire.validator_info.pub_key.value,
  };
}

/** A commit in our words; absent slots carry no address and CometBFT's zero time. */
export function toCommit(wire: RpcCommitBody, canonical: boolean): ChainCommitSignatures {
  return {
    heightBlocks: wire.height,
    round: wire.round,
    blockHash: wire.block_id.hash,
    signatures: (wire.signatures ?? []).map((signature) => {
      const flag = FLAGS[signature.block_id_flag];
      return {
        flag,
        consensusAddressHex: signature.validator_address === "" ? null : signature.validator_address,
        signedAt: flag === "absent" ? null : signature.timestamp,
      };
    }),
    canonical,
  };
}

/** A block in our words. */
export function toBlock(wire: RpcBlock): ChainBlock {
  const { header, data, last_commit } = wire.block;
  const txsBase64 = data.txs ?? [];
  return {
    chainId: header.chain_id,
    heightBlocks: header.height,
    hash: wire.block_id.hash,
    blockAt: header.time,
    proposerAddressHex: header.proposer_address,
    validatorsHash: header.validators_hash,
    nextValidatorsHash: header.next_validators_hash,
    appHash: header.app_hash,
    txCount: txsBase64.length,
    txsBase64,
    lastCommit: last_commit.height === 0n ? null : toCommit(last_commit, true),
  };
}

const STATUSES = {
  BOND_STATUS_UNBONDED: "unbonded",
  BOND_STATUS_UNBONDING: "unbonding",
  BOND_STATUS_BONDED: "bonded",
} as const;

/** A validator of the staking module in our words, with its consensus address derived from its key. */
export function toValidator(wire: RestValidator, consensusPrefix: string): ChainValidator {
  const key = wire.consensus_pubkey.key;
  const rates = wire.commission.commission_rates;
  return {
    operatorAddress: wire.operator_address,
    consensusPubkeyBase64: key,
    consensusAddress: consensusAddressOf(key, consensusPrefix),
    consensusAddressHex: consensusAddressHexOf(key),
    jailed: wire.jailed,
    status: STATUSES[wire.status],
    tokensBaseUnits: wire.tokens,
    delegatorShares: normalizeDec(wire.delegator_shares),
    description: {
      moniker: wire.description.moniker,
      identity: wire.description.identity,
      website: wire.description.website,
      securityContact: wire.description.security_contact,
      details: wire.description.details,
    },
    commissionRate: normalizeDec(rates.rate),
    commissionMaxRate: normalizeDec(rates.max_rate),
    commissionMaxChangeRate: normalizeDec(rates.max_change_rate),
    commissionUpdatedAt: wire.commission.update_time,
    minSelfDelegationBaseUnits: wire.min_self_delegation,
    unbondingHeightBlocks: wire.unbonding_height,
    unbondingAt: wire.unbonding_time,
  };
}

/** A transaction in a block in our words. */
export function toTransaction(tx: z.infer<typeof restTx>, response: z.infer<typeof restTxResponse>): ChainTransaction {
  return {
    txHash: response.txhash,
    heightBlocks: response.height,
    blockAt: response.timestamp === "" ? null : response.timestamp,
    code: response.code,
    codespace: response.codespace,
    rawLog: response.raw_log,
    gasWanted: response.gas_wanted,
    gasUsed: response.gas_used,
    messageTypeUrls: tx.body.messages.map((message) => message["@type"]),
    memo: tx.body.memo,
    fee: tx.auth_info.fee?.amount ?? [],
  };
}

const PROPOSAL_STATUSES: Readonly<Record<RestProposal["status"], ChainProposal["status"]>> = {
  PROPOSAL_STATUS_DEPOSIT_PERIOD: "deposit_period",
  PROPOSAL_STATUS_VOTING_PERIOD: "voting_period",
  PROPOSAL_STATUS_PASSED: "passed",
  PROPOSAL_STATUS_REJECTED: "rejected",
  PROPOSAL_STATUS_FAILED: "failed",
};

const VOTE_OPTIONS = {
  VOTE_OPTION_YES: "yes",
  VOTE_OPTION_ABSTAIN: "abstain",
  VOTE_OPTION_NO: "no",
  VOTE_OPTION_NO_WITH_VETO: "no_with_veto",
} as const;

/** A vote in our words. */
export const toVote = ({ vote }: z.infer<typeof restVote>): ChainVote => ({
  options: vote.options.map(({ option, weight }) => ({ option: VOTE_OPTIONS[option], weight: normalizeDec(weight) })),
});

/** A signing record in our words. */
export function toSigningInfo(wire: RestSigningInfo): ChainSigningInfo {
  return {
    consensusAddress: wire.address,
    startHeightBlocks: wire.start_height,
    jailedUntil: wire.jailed_until,
    tombstoned: wire.tombstoned,
    missedBlocks: wire.missed_blocks_counter,
  };
}

/** A proposal in our words. */
export function toProposal(wire: RestProposal): ChainProposal {
  return {
    proposalId: wire.id,
    title: wire.title,
    summary: wire.summary,
    status: PROPOSAL_STATUSES[wire.status],
    messageTypeUrls: wire.messages.map((message) => message["@type"]),
    messagesJson: wire.messages.map((message) => JSON.stringify(message)),
    submittedAt: wire.submit_time ?? null,
    depositEndsAt: wire.deposit_end_time ?? null,
    votingStartsAt: wire.voting_start_time ?? null,
    votingEndsAt: wire.voting_end_time ?? null,
    totalDeposit: wire.total_deposit,
    proposerAddress: wire.proposer ?? "",
    isExpedited: wire.expedited ?? false,
  };
}
