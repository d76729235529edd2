import type { z } from "zod";
import { normalizeDec } from "@/lib/chain/dec";
import { flooredGasPrice, minimumGasPriceIn } from "@/lib/chain/minimum-gas-price";
import { type AppError, isAppError } from "@/server/kernel/errors";
import type {
  ChainNetwork,
  ChainNode,
  ChainReadOptions,
  ChainStatus,
  ChainValidatorStatus,
} from "@/server/ports/chain-node";
import { blockFeed } from "./block-feed";
import { broadcastTx, simulateTx } from "./broadcast";
import { chainThingNotFound } from "./chain-errors";
import { ChainReader } from "./chain-reader";
import type { EndpointPool } from "./endpoint-pool";
import { type FeeMarket, feeMarketsFor } from "./fee-market";
import { toFeeAllowance, toGrant } from "./grants";
import { type Freshness, ReadCache } from "./read-cache";
import { askAllPages, askRest, type Thing } from "./rest-api";
import * as rest from "./rest-schemas";
import { readRiskGuard, readRiskReport } from "./risk-guard";
import {
  readBlock,
  readBlockResults,
  readCommit,
  readConsensusValidators,
  readNetInfo,
  readSlashes,
  readStatus,
} from "./rpc-reads";
import { toProposal, toSigningInfo, toTransaction, toValidator, toVote } from "./transform";

const VALIDATOR: Thing = { code: "validator", words: "validator" };
const STATUS_FILTERS: Record<ChainValidatorStatus, string> = {
  bonded: "BOND_STATUS_BONDED",
  unbonding: "BOND_STATUS_UNBONDING",
  unbonded: "BOND_STATUS_UNBONDED",
};
const NO_MARKET = { baseFee: null, maxTxGas: null };
const MARKET_KNOWN_MS = 10 * 60_000;
const toDecCoins = (coins: readonly { denom: string; amount: string }[]) =>
  coins.map((coin) => ({ denom: coin.denom, amount: normalizeDec(coin.amount) }));

/** Builds a ChainNode on a pool of CometBFT RPC and Cosmos SDK REST endpoints. */
export function cosmosChainNode(network: ChainNetwork, pool: EndpointPool, nowMs: () => number): ChainNode {
  const reader = new ChainReader(pool, new ReadCache(nowMs), nowMs);
  const one = async <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    freshness: Freshness,
    options: ChainReadOptions = {},
    thing?: Thing,
  ): Promise<z.output<Schema>> =>
    reader.read("rest", path, freshness, options, (endpoint, limits, atHeightBlocks) =>
      askRest(endpoint, { path, schema, atHeightBlocks, ...(thing === undefined ? {} : { thing }) }, limits),
    );
  const all = async <Schema extends z.ZodType>(
    path: string,
    rows: string,
    row: Schema,
    options: ChainReadOptions = {},
  ): Promise<readonly z.output<Schema>[]> =>
    reader.read("rest", path, "block", options, (endpoint, limits, atHeightBlocks) =>
      askAllPages(endpoint, { path, rows, row, atHeightBlocks }, limits),
    );
  /** The answer, or null where this chain has no such module. */
  const offered = <Out>(answer: Promise<Out>): Promise<Out | null> =>
    orNull(answer, (error) => error.code === "chain.query_unsupported");
  let knownMarket: { readonly market: FeeMarket | null; readonly untilMs: number } | undefined;
  /** What gas costs now where the chain has a fee market; which one it has is found once and looked for again after a while, since an upgrade may bring one. */
  const marketNow = async (options: ChainReadOptions) => {
    const known = knownMarket !== undefined && nowMs() < knownMarket.untilMs ? knownMarket.market : undefined;
    if (known === null) return NO_MARKET;
    for (const market of known === undefined ? feeMarketsFor(network.baseDenom) : [known]) {
      const baseFee = await offered(one(market.baseFee.path, market.baseFee.schema, "block", options));
      if (baseFee === null) continue;
      const { maxTxGas: limit } = market;
      const maxTxGas = limit === undefined ? null : await offered(one(limit.path, limit.schema, "params", options));
      knownMarket = { market, untilMs: nowMs() + MARKET_KNOWN_MS };
      return { baseFee: normalizeDec(baseFee), maxTxGas };
    }
    knownMarket = { market: null, untilMs: nowMs() + MARKET_KNOWN_MS };
    return NO_MARKET;
  };
  const at = encodeURIComponent;
  const { consensus } = network.bech32;

  const status = (options: ChainReadOptions = {}): Promise<ChainStatus> => readStatus(reader, options);
  const validatorSet: ChainNode["validatorSet"] = async (filter = {}, options = {}) => {
    const query = filter.status === undefined ? "" : `?status=${STATUS_FILTERS[filter.status]}`;
    const rows = await all(`/cosmos/staking/v1beta1/validators${query}`, "validators", rest.restValidator, options);
    return rows.map((row) => toValidator(row, consensus));
  };

  return {
    network,
    status,
    netInfo: (options = {}) => readNetInfo(reader, options),
    block: (heightBlocks, options = {}) => readBlock(reader, heightBlocks, options),
    blockResults: (heightBlocks, options = {}) => readBlockResults(reader, heightBlocks, options),
    commit: (heightBlocks, options = {}) => readCommit(reader, heightBlocks, options),
    consensusValidators: (heightBlocks, options = {}) => readConsensusValidators(reader, heightBlocks, options),
    slashes: (heightBlocks, options = {}) => readSlashes(reader, heightBlocks, options),
    validatorByOperator: async (operatorAddress, options) => {
      const schema = rest.restValidatorAnswer;
      const answer = await one(
        `/cosmos/staking/v1beta1/validators/${at(operatorAddress)}`,
        schema,
        "block",
        options,
        VALIDATOR,
      );
      return toValidator(answer.validator, consensus);
    },
    validatorSet,
    validatorByConsensusPubkey: async (consensusPubkeyBase64, options) => {
      const found = (await validatorSet({}, options)).find(
        (row) => row.consensusPubkeyBase64 === consensusPubkeyBase64,
      );
      if (found === undefined) throw chainThingNotFound("validator", "validator");
      return found;
    },
    signingInfo: async (consensusAddress, options) => {
      const thing = { code: "signing_info", words: "signing record" };
      const path = `/cosmos/slashing/v1beta1/signing_infos/${at(consensusAddress)}`;
      return toSigningInfo((await one(path, rest.restSigningInfoAnswer, "block", options, thing)).val_signing_info);
    },
    signingInfos: async (options) =>
      (await all("/cosmos/slashing/v1beta1/signing_infos", "info", rest.restSigningInfo, options)).map(toSigningInfo),
    slashingParams: async (options) => {
      const { params } = await one("/cosmos/slashing/v1beta1/params", rest.restSlashingParams, "params", options);
      return {
        signedBlocksWindow: params.signed_blocks_window,
        minSignedPerWindow: normalizeDec(params.min_signed_per_window),
        downtimeJailSeconds: params.downtime_jail_duration,
        slashFractionDoubleSign: normalizeDec(params.slash_fraction_double_sign),
        slashFractionDowntime: normalizeDec(params.slash_fraction_downtime),
      };
    },
    stakingParams: async (options) => {
      const { params } = await one("/cosmos/staking/v1beta1/params", rest.restStakingParams, "params", options);
      return {
        unbondingSeconds: params.unbonding_time,
        maxValidators: params.max_validators,
        maxEntries: params.max_entries,
        historicalEntries: params.historical_entries,
        bondDenom: params.bond_denom,
        minCommissionRate: normalizeDec(params.min_commission_rate),
      };
    },
    govParams: async (options) => {
      const { params } = await one("/cosmos/gov/v1/params/voting", rest.restGovParams, "params", options);
      return {
        votingPeriodSeconds: params.voting_period,
        expeditedVotingPeriodSeconds: params.expedited_voting_period ?? null,
        maxDepositPeriodSeconds: params.max_deposit_period,
        minDeposit: params.min_deposit,
        quorum: normalizeDec(params.quorum),
        threshold: normalizeDec(params.threshold),
        vetoThreshold: normalizeDec(params.veto_threshold),
      };
    },
    mintParams: async (options) => {
      const answer = await offered(one("/cosmos/mint/v1beta1/params", rest.restMintParams, "params", options));
      if (answer === null) return null;
      const { params } = answer;
      return {
        mintDenom: params.mint_denom,
        inflationMax: normalizeDec(params.inflation_max),
        inflationMin: normalizeDec(params.inflation_min),
        goalBonded: normalizeDec(params.goal_bonded),
        blocksPerYear: params.blocks_per_year,
      };
    },
    distributionParams: async (options) => {
      const path = "/cosmos/distribution/v1beta1/params";
      const answer = await offered(one(path, rest.restDistributionParams, "params", options));
      if (answer === null) return null;
      const { params } = answer;
      return { communityTax: normalizeDec(params.community_tax), withdrawAddrEnabled: params.withdraw_addr_enabled };
    },
    account: async (address, options) => {
      const path = `/cosmos/auth/v1beta1/account_info/${at(address)}`;
      const thing = { code: "account", words: "account" };
      const asked = reader.read("rest", path, "block", options ?? {}, async (endpoint, limits, atHeightBlocks) => {
        const { out, heightBlocks } = await askRest(
          endpoint,
          { path, schema: rest.restAccountInfo, atHeightBlocks, thing },
          limits,
        );
        const { account_number, sequence, pub_key } = out.info;
        const pubkeyBase64 = pub_key?.key ?? null;
        return { out: { accountNumber: account_number, sequence, pubkeyBase64, heightBlocks }, heightBlocks };
      });
      const found = await orNull(asked, (error) => error.kind === "not_found");
      return found === null
        ? { address, exists: false, accountNumber: 0n, sequence: 0n, pubkeyBase64: null, heightBlocks: null }
        : { address, exists: true, ...found };
    },
    balances: (address, options) =>
      all(`/cosmos/bank/v1beta1/balances/${at(address)}`, "balances", rest.restBalance, options),
    spendableBalances: (address, options) =>
      all(`/cosmos/bank/v1beta1/spendable_balances/${at(address)}`, "balances", rest.restBalance, options),
    bondedBaseUnits: async (options) =>
      (await one("/cosmos/staking/v1beta1/pool", rest.restStakingPool, "block", options)).pool.bonded_tokens,
    annualProvisions: async (options) => {
      const path = "/cosmos/mint/v1beta1/annual_provisions";
      return normalizeDec((await one(path, rest.restAnnualProvisions, "block", options)).annual_provisions);
    },
    delegations: async (delegator, options) => {
      const path = `/cosmos/staking/v1beta1/delegations/${at(delegator)}`;
      const rows = await all(path, "delegation_responses", rest.restDelegation, options);
      return rows.map(({ delegation, balance }) => ({
        delegatorAddress: delegation.delegator_address,
        operatorAddress: delegation.validator_address,
        shares: normalizeDec(delegation.shares),
        ...balance,
      }));
    },
    unbondings: async (delegator, options) => {
      const path = `/cosmos/staking/v1beta1/delegators/${at(delegator)}/unbonding_delegations`;
      const rows = await all(path, "unbonding_responses", rest.restUnbonding, options);
      return rows.flatMap((row) =>
        row.entries.map((entry) => ({
          operatorAddress: row.validator_address,
          creationHeightBlocks: entry.creation_height,
          completesAt: entry.completion_time,
          initialBaseUnits: entry.initial_balance,
          balanceBaseUnits: entry.balance,
        })),
      );
    },
    redelegations: async (delegator, options) => {
      const path = `/cosmos/staking/v1beta1/delegators/${at(delegator)}/redelegations`;
      const rows = await all(path, "redelegation_responses", rest.restRedelegation, options);
      return rows.flatMap((row) =>
        row.entries.map((entry) => ({
          sourceOperatorAddress: row.redelegation.validator_src_address,
          destinationOperatorAddress: row.redelegation.validator_dst_address,
          creationHeightBlocks: BigInt(entry.redelegation_entry.creation_height),
          completesAt: entry.redelegation_entry.completion_time,
          balanceBaseUnits: entry.balance,
        })),
      );
    },
    rewards: async (delegator, options) => {
      const answer = await one(
        `/cosmos/distribution/v1beta1/delegators/${at(delegator)}/rewards`,
        rest.restRewards,
        "block",
        options,
      );
      const byValidator = answer.rewards.map((row) => ({
        operatorAddress: row.validator_address,
        coins: toDecCoins(row.reward),
      }));
      return { byValidator, total: toDecCoins(answer.total) };
    },
    outstandingCommission: async (operator, options) => {
      const path = `/cosmos/distribution/v1beta1/validators/${at(operator)}/commission`;
      return toDecCoins((await one(path, rest.restCommission, "block", options, VALIDATOR)).commission.commission);
    },
    withdrawAddress: async (delegator, options) => {
      const path = `/cosmos/distribution/v1beta1/delegators/${at(delegator)}/withdraw_address`;
      return (await one(path, rest.restWithdrawAddress, "block", options)).withdraw_address;
    },
    grants: async (granter, grantee, options) => {
      const path = `/cosmos/authz/v1beta1/grants?granter=${at(granter)}&grantee=${at(grantee)}`;
      return (await all(path, "grants", rest.restGrant, options)).map(toGrant);
    },
    feeAllowances: async (granter, options) => {
      const path = `/cosmos/feegrant/v1beta1/issued/${at(granter)}`;
      return (await all(path, "allowances", rest.restFeeAllowance, options)).map(toFeeAllowance);
    },
    outstandingRewards: async (operator, options) => {
      const path = `/cosmos/distribution/v1beta1/validators/${at(operator)}/outstanding_rewards`;
      return toDecCoins((await one(path, rest.restOutstandingRewards, "block", options, VALIDATOR)).rewards.rewards);
    },
    delegatorCount: async (operator, options) => {
      // One row is asked for: a popular validator has a hundred thousand, and only their number is wanted.
      const query = "pagination.limit=1&pagination.count_total=true";
      const path = `/cosmos/staking/v1beta1/validators/${at(operator)}/delegations?${query}`;
      return (await one(path, rest.restDelegatorCount, "block", options, VALIDATOR)).pagination.total;
    },
    upgradePlan: async (options) => {
      const path = "/cosmos/upgrade/v1beta1/current_plan";
      const plan = (await offered(one(path, rest.restUpgradePlan, "block", options)))?.plan;
      return plan ? { name: plan.name, heightBlocks: plan.height, info: plan.info } : null;
    },
    proposal: async (proposalId, options) => {
      const thing = { code: "proposal", words: "proposal" };
      const answer = await one(
        `/cosmos/gov/v1/proposals/${proposalId}`,
        rest.restProposalAnswer,
        "block",
        options,
        thing,
      );
      return toProposal(answer.proposal);
    },
    proposals: async (options) => {
      const rows = await all(
        "/cosmos/gov/v1/proposals?pagination.reverse=true",
        "proposals",
        rest.restProposal,
        options,
      );
      return rows.map(toProposal);
    },
    tally: async (proposalId, options) => {
      const thing = { code: "proposal", words: "proposal" };
      const path = `/cosmos/gov/v1/proposals/${proposalId}/tally`;
      const { tally } = await one(path, rest.restTally, "block", options, thing);
      return {
        yes: tally.yes_count,
        abstain: tally.abstain_count,
        no: tally.no_count,
        noWithVeto: tally.no_with_veto_count,
      };
    },
    vote: async (proposalId, voter, options) => {
      const path = `/cosmos/gov/v1/proposals/${proposalId}/votes/${at(voter)}`;
      // The SDK answers a vote that is not there as a bad argument (cosmos-sdk 0.53, x/gov/keeper/grpc_query.go `Vote`).
      const answer = await orNull(
        one(path, rest.restVote, "block", options, { code: "vote", words: "vote" }),
        (error) =>
          error.kind === "not_found" ||
          (error.code === "chain.bad_request" && String(error.details.reason).includes("not found for proposal")),
      );
      return answer && toVote(answer);
    },
    riskGuard: (proposalId, options = {}) => readRiskGuard(reader, proposalId, options),
    riskReport: (proposalId, options = {}) => readRiskReport(reader, proposalId, options),
    transaction: async (txHash, options) => {
      const thing = { code: "transaction", words: "transaction" };
      const answer = await one(`/cosmos/tx/v1beta1/txs/${at(txHash)}`, rest.restTxAnswer, "block", options, thing);
      return toTransaction(answer.tx, answer.tx_response);
    },
    transactionsBySender: async (address, { page, pageSize }, options) => {
      const query = `query=${at(`message.sender='${address}'`)}&order_by=ORDER_BY_DESC&page=${page}&limit=${pageSize}`;
      const answer = await one(`/cosmos/tx/v1beta1/txs?${query}`, rest.restTxPage, "block", options);
      const items = answer.txs.flatMap((tx, index) => {
        const response = answer.tx_responses[index];
        return response === undefined ? [] : [toTransaction(tx, response)];
      });
      return { items, total: answer.total };
    },
    gasFacts: async (options = {}) => {
      const [config, consensusParams, market] = await Promise.all([
        offered(one("/cosmos/base/node/v1beta1/config", rest.restNodeConfig, "params", options)),
        offered(one("/cosmos/consensus/v1/params", rest.restConsensusParams, "params", options)),
        marketNow(options),
      ]);
      const maxBlockGas = consensusParams?.params.block.max_gas ?? -1n;
      return {
        minimumGasPrice: flooredGasPrice(
          minimumGasPriceIn(network.baseDenom, config?.minimum_gas_price ?? ""),
          network.gasPriceFloor,
        ),
        maxBlockGas: maxBlockGas < 0n ? null : maxBlockGas,
        ...market,
      };
    },
    simulate: (txBytes, options = {}) => simulateTx(pool, txBytes, options),
    broadcast: (txBytes, options = {}) => broadcastTx(pool, txBytes, options),
    subscribeBlocks: ({ signal }) =>
      blockFeed(
        {
          chainId: network.chainId,
          reach: network.reach,
          rpcUrl: (inner) => pool.bestRpcUrl(inner),
          tip: async (inner) => (await status({ signal: inner, maxAgeMs: 0 })).latestHeightBlocks,
        },
        signal,
      ),
    endpointHealth: () => pool.health(),
  };
}

/** The answer, or null when it failed in the one way that is an answer too. */
async function orNull<Out>(answer: Promise<Out>, isAnswer: (error: AppError) => boolean): Promise<Out | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (isAppError(thrown) && isAnswer(thrown)) return null;
    throw thrown;
  }
}
