import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork, ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { transactionNotFound } from "../errors";
import { networkOf } from "../networks/network-of";
import { didWhatItSays } from "./did-what-it-says";
import { findInBlocks } from "./find-in-blocks";
import { findTransaction } from "./repository";

type Ctx = ServiceCtx<Ports>;

/** Signed bytes, whose they are, and the chain that they are for. */
export type Signed = {
  readonly network: ChainNetwork;
  readonly transactionId: string;
  readonly txBytesBase64: string;
  readonly bodyBytesBase64: string;
  readonly txHash: string;
  readonly signerAddress: string;
  readonly sequence: bigint;
  readonly preparedAt: Date;
};

/** What a look at the chain found; plain, since the job engine keeps it. */
export type TransactionLook = {
  readonly isFound: boolean;
  readonly code: number | null;
  readonly codespace: string | null;
  readonly reason: string;
  readonly heightBlocks: string | null;
  /** Whether it did what it says, where its code is not known. */
  readonly hasWorked?: boolean;
  /** `spent`: another transaction of the account took its sequence, so no block ever takes it. `refused`: the chain told why it never will. */
  readonly end?: "spent" | "refused";
};

/** Where signed bytes are: in a block, over for good, or open: their sequence is not used and they may be sent again. */
export type Whereabouts =
  | { readonly state: "ended"; readonly look: TransactionLook }
  | { readonly state: "open"; readonly heightBlocks: bigint | null }
  /** Their sequence is used, and which block has them is not known yet. */
  | { readonly state: "unclear" };

/** The signed bytes, and the chain that they are for. @throws not_found chain.transaction_not_found */
export async function signedOf(ctx: Ctx, transactionId: string): Promise<Signed> {
  const row = await findTransaction(ctx.db, transactionId);
  if (!row?.txBytesBase64 || !row.txHash) throw transactionNotFound(transactionId);
  const { network } = await networkOf(ctx, row.networkId);
  const { bodyBytesBase64, signerAddress, sequence, createdAt: preparedAt, txBytesBase64, txHash } = row;
  return { network, transactionId, txBytesBase64, bodyBytesBase64, txHash, signerAddress, sequence, preparedAt };
}

/**
 * Asks the index first, since it is cheap, and believes it only when it finds: a node may keep none, or drop what is old. What it does not find is
 * decided by the account: while its sequence has not passed ours no block has the bytes, and once it has, the blocks themselves are read.
 */
export async function lookFor(ctx: Ctx, signed: Signed): Promise<Whereabouts> {
  const chain = ctx.ports.chains.forNetwork(signed.network);
  const indexed = await findByIndex(chain, signed.txHash);
  if (indexed !== null) return { state: "ended", look: indexed };
  const account = await chain.account(signed.signerAddress, { maxAgeMs: 0 });
  if (account.sequence <= signed.sequence) return { state: "open", heightBlocks: account.heightBlocks };
  const { network, txHash, preparedAt: since } = signed;
  const { found, readToBlocks } = await findInBlocks(ctx.db, chain, { networkId: network.networkId, txHash, since });
  if (found === null) {
    // Only when every block was read up to the one in which the account had moved on is it sure that none of them has it.
    const isSure = readToBlocks !== null && account.heightBlocks !== null && readToBlocks >= account.heightBlocks;
    return isSure ? { state: "ended", look: SPENT } : { state: "unclear" };
  }
  const at = { isFound: true, heightBlocks: found.heightBlocks.toString() };
  if (found.result !== null) {
    const { code, codespace, log } = found.result;
    return { state: "ended", look: { ...at, code, codespace, reason: log } };
  }
  const hasWorked = (await didWhatItSays(chain, signed.bodyBytesBase64)) ?? true;
  const reason = `No node of this network keeps what its blocks came to; it is ${hasWorked ? "" : "not "}seen to have worked.`;
  return { state: "ended", look: { ...at, code: null, codespace: null, reason, hasWorked } };
}

const SPENT: TransactionLook = {
  isFound: false,
  code: null,
  codespace: null,
  reason: "Another transaction of this account took its place on the chain, so no block can take this one.",
  heightBlocks: null,
  end: "spent",
};

/** What the nodes' index says; null while it does not have it, and where there is none. */
export async function findByIndex(chain: ChainNode, txHash: string): Promise<TransactionLook | null> {
  try {
    const { code, codespace, rawLog, heightBlocks } = await chain.transaction(txHash, { maxAgeMs: 0 });
    return { isFound: true, code, codespace, reason: rawLog, heightBlocks: heightBlocks.toString() };
  } catch (thrown) {
    if (isAppError(thrown) && (thrown.kind === "not_found" || thrown.code === "chain.index_not_kept")) return null;
    throw thrown;
  }
}
