import { groupDigits } from "@/lib/format/group-digits";
import { FindInput, type FoundItem, FoundList, MAX_FOUND } from "@/server/kernel/find";
import { defineQuery } from "@/server/kernel/verbs";
import { findBlocks } from "./blocks/repository";
import { VALIDATOR_WORDS } from "./constants";
import { findValidatorsByWords, type ValidatorRow } from "./mirror/repository";
import { listNetworkRows } from "./networks/repository";
import { standingOnChain } from "./states";
import { findTransactionsByHash, type TransactionRow } from "./transactions/repository";

const HASH = /^(?:0x)?([0-9a-f]{64})$/i;
/** A height, also with the spaces that it is shown with; no chain has lived for more digits. */
const HEIGHT = /^\d[\d\s\u202f\u00a0]{0,20}$/;
const MAX_HEIGHT_DIGITS = 15;

/** The height or the hash that the words are; null when they are neither. */
export function blockWanted(words: string): { heightBlocks: bigint } | { hash: string } | null {
  const hash = HASH.exec(words)?.[1];
  if (hash !== undefined) return { hash: hash.toUpperCase() };
  const digits = words.replace(/[\s\u202f\u00a0]/g, "");
  return HEIGHT.test(words) && digits.length <= MAX_HEIGHT_DIGITS ? { heightBlocks: BigInt(digits) } : null;
}

type NameOf = (networkId: string) => string;

const blockItem = (block: Awaited<ReturnType<typeof findBlocks>>[number], nameOf: NameOf): FoundItem => ({
  id: `block ${block.networkId} ${block.heightBlocks}`,
  kind: "block",
  title: `Block ${groupDigits(block.heightBlocks)}`,
  detail: `${nameOf(block.networkId)}, ${block.blockAt.toISOString().slice(0, 19).replace("T", " ")} UTC, ${block.txCount} ${block.txCount === 1 ? "transaction" : "transactions"}`,
  href: null,
  acts: [],
  copies: [
    { label: "Copy block hash", value: block.hash },
    { label: "Copy height", value: block.heightBlocks.toString() },
  ],
});

const validatorItem = (row: ValidatorRow, nameOf: NameOf): FoundItem => ({
  id: `chain validator ${row.networkId} ${row.operatorAddress}`,
  kind: "chain validator",
  title: row.moniker,
  detail: `${nameOf(row.networkId)}, ${VALIDATOR_WORDS[standingOnChain({ status: row.status, isJailed: row.jailed, isTombstoned: row.tombstoned })].toLowerCase()}`,
  href: null,
  acts: [],
  copies: [
    { label: "Copy operator address", value: row.operatorAddress },
    { label: "Copy consensus address", value: row.consensusAddress },
  ],
});

const transactionItem = (row: TransactionRow, nameOf: NameOf): FoundItem => ({
  id: row.id,
  kind: "transaction",
  title: row.type.replaceAll("_", " "),
  detail: `${nameOf(row.networkId)}, ${row.status}${row.height === null ? "" : ` in block ${groupDigits(row.height)}`}`,
  href: null,
  acts: [],
  copies: [
    { label: "Copy transaction hash", value: row.txHash ?? "" },
    { label: "Copy signer address", value: row.signerAddress },
  ],
});

/** Recorded blocks by height or hash, the set's validators by address or name, and the organisation's own transactions by hash. */
export const find = defineQuery({
  verb: "chain.find",
  scope: "chain:read",
  tenancy: "organization",
  input: FindInput,
  output: FoundList,
  run: async (ctx, { words }): Promise<FoundList> => {
    const networks = await listNetworkRows(ctx.db);
    const names = new Map(networks.map(({ id, displayName }) => [id, displayName]));
    const nameOf: NameOf = (networkId) => names.get(networkId) ?? networkId;
    const wanted = blockWanted(words);
    if (wanted === null) {
      const validators = await findValidatorsByWords(ctx.db, words, MAX_FOUND);
      return { items: validators.map((row) => validatorItem(row, nameOf)) };
    }
    const blocks = await findBlocks(ctx.db, [...names.keys()], wanted, MAX_FOUND);
    const own =
      "hash" in wanted ? await findTransactionsByHash(ctx.db, ctx.organizationId, wanted.hash, MAX_FOUND) : [];
    return {
      items: [...own.map((row) => transactionItem(row, nameOf)), ...blocks.map((block) => blockItem(block, nameOf))],
    };
  },
});
