import type { TransactionRefusal } from "@/server/ports/chain-node";

/** Root codes of the SDK that a check returns (cosmos-sdk 0.53, types/errors/errors.go). */
const SDK_REFUSALS: Readonly<Record<number, TransactionRefusal>> = {
  2: "invalid", // tx parse error
  3: "sequence_mismatch", // invalid sequence
  4: "unauthorized",
  5: "insufficient_funds",
  6: "invalid", // unknown request
  7: "invalid", // invalid address
  8: "unauthorized", // invalid pubkey
  9: "insufficient_funds", // unknown address: the fee payer never received coins
  10: "invalid", // invalid coins
  11: "out_of_gas",
  12: "memo_too_large",
  13: "insufficient_fee",
  15: "unauthorized", // no signatures
  18: "invalid", // invalid request
  20: "mempool_full",
  21: "tx_too_large",
  28: "unauthorized", // invalid chain-id
  30: "timeout_height",
  31: "invalid", // unknown extension options
  32: "sequence_mismatch", // incorrect account sequence
  41: "invalid", // invalid gas limit
  42: "timeout_height",
};

/** Codes by which modules say that the thing is there already. */
const ALREADY_THERE: Readonly<Record<string, readonly number[]>> = {
  staking: [4, 5], // validator owner, validator pubkey (x/staking/types/errors.go)
};

/** The SDK's "tx already in mempool": the very same bytes are known, which for us is success. */
export const isAlreadyKnown = (codespace: string, code: number): boolean => codespace === "sdk" && code === 19;

/** What a refusal means, by codespace and code alone; what is not in the tables is `other`. */
export function refusalOf(codespace: string, code: number): TransactionRefusal {
  if (codespace === "sdk") return SDK_REFUSALS[code] ?? "other";
  return ALREADY_THERE[codespace]?.includes(code) === true ? "already_exists" : "other";
}

const SENTENCES: Record<TransactionRefusal, string> = {
  sequence_mismatch:
    "Another transaction of this account came first, so this one is out of turn. Prepare it again and sign anew.",
  insufficient_funds: "The account does not hold enough for the amount and the fee. Add coins, then prepare it again.",
  insufficient_fee: "The fee is below what the chain asks for now. Prepare it again and sign anew.",
  out_of_gas: "It needs more gas than was asked for. Prepare it again and sign anew.",
  unauthorized: "The signature does not belong to the account that has to sign. Sign with the right account.",
  memo_too_large: "The memo is longer than the chain allows. Shorten it.",
  tx_too_large: "The transaction is larger than the chain allows.",
  mempool_full: "The chain has more transactions waiting than it takes. Try again in a minute.",
  already_exists: "The chain has this validator already: its operator or its key is taken.",
  timeout_height: "It was not taken before the height it was limited to. Prepare it again and sign anew.",
  invalid: "The chain finds the transaction invalid. Prepare it again; if it stays so, tell the operator.",
  other: "The chain refused the transaction for a reason that has no plain words here; its code is given.",
};

/** One sentence for a person. */
export const refusalSentence = (refusal: TransactionRefusal): string =>
  `The chain refused the transaction. ${SENTENCES[refusal]}`;
