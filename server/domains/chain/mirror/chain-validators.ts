import type { Executor } from "@/db/client";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeOrderedCursor, type Orders, pageOf, readOrder } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { VALIDATOR_ORDERS, type ValidatorOrder } from "../constants";
import { validatorNotMirrored } from "../errors";
import { requireNetwork } from "../networks/require-network";
import { listRanked, type RankedValidator, stakeKeyOf } from "./repository";
import { ChainValidator, GetChainValidatorInput, ListChainValidatorsInput } from "./schemas";

const ORDERS: Orders<ValidatorOrder> = { names: VALIDATOR_ORDERS, kinds: { stake: "text", name: "text" } };

const toChainValidator = (row: RankedValidator): ChainValidator => ({
  networkId: row.networkId,
  operatorAddress: row.operatorAddress,
  consensusAddress: row.consensusAddress,
  consensusAddressHex: row.consensusAddressHex,
  moniker: row.moniker,
  profile: row.profile && { ...row.profile },
  status: row.status,
  isJailed: row.jailed,
  isTombstoned: row.tombstoned,
  jailedUntil: row.jailedUntil?.toISOString() ?? null,
  rank: row.rank,
  tokensBaseUnits: row.tokensBaseUnits.toString(),
  bondedBaseUnits: row.bondedBaseUnits.toString(),
  commissionRate: row.commissionRate,
  missedBlocks: row.missedBlocks,
  syncedHeightBlocks: row.syncedHeightBlocks.toString(),
  syncedAt: row.syncedAt.toISOString(),
});

/** Every validator that the network's chain has, as the watcher last read it: by stake with the bonded first, or by name. */
export const listChainValidators = defineQuery({
  verb: "chain.list-chain-validators",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: ListChainValidatorsInput,
  output: pageSchema(ChainValidator),
  run: async (ctx, { networkId, cursor, limit, sort, status, search }) => {
    const network = await requireNetwork(ctx.db, networkId);
    const rows = await listRanked(ctx.db, network.id, {
      limit: limit + 1,
      sort,
      after: decodeOrderedCursor(cursor, sort, ORDERS),
      status,
      search,
    });
    const keyOf = (row: RankedValidator): string => (readOrder(sort).key === "name" ? row.moniker : stakeKeyOf(row));
    return pageOf(rows, limit, (row) => ({ sort: keyOf(row), id: row.operatorAddress, order: sort }), toChainValidator);
  },
});

const findRanked = async (db: Executor, networkId: string, operatorAddress: string) =>
  (await listRanked(db, networkId, { limit: 1, sort: "-stake", after: undefined, operatorAddress }))[0];

/** One validator of the network. @throws not_found chain.validator_not_found */
export const getChainValidator = defineQuery({
  verb: "chain.get-chain-validator",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: GetChainValidatorInput,
  output: ChainValidator,
  run: async (ctx, input): Promise<ChainValidator> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const row = await findRanked(ctx.db, network.id, input.operatorAddress);
    if (!row) throw validatorNotMirrored(network.id);
    return toChainValidator(row);
  },
});
