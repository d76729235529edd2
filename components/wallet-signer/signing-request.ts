import { fromBase64 } from "@cosmjs/encoding";
import { directSignBytes } from "@/lib/chain/build-transaction";
import { isJsonObject, parseCanonicalJson } from "@/lib/chain/decode/canonical-json";
import { splitSignDoc } from "@/lib/chain/decode/decode-sign-doc";
import { malformed, nonCanonical } from "@/lib/chain/decode/transaction-decode-error";
import type { PreparedTransaction } from "@/server/domains/chain/transactions/schemas";
import type { SigningRequest } from "./wallet-signer";

type Prepared = Pick<PreparedTransaction, "signMode" | "signBytes" | "bodyBytes" | "authInfoBytes">;

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * What the wallet is asked to sign, taken out of the very bytes that the sheet shows decoded. The server tells their parts beside them; were
 * those handed to the wallet, it could sign something else than was read.
 * @throws TransactionDecodeError when the bytes are not of this mode, not in their one form, or of another chain
 */
export function signingRequestOf(prepared: Prepared, chainId: string): SigningRequest {
  const signBytes = fromBase64(prepared.signBytes);
  if (prepared.signMode === "amino") {
    const signDoc = parseCanonicalJson(signBytes);
    if (!isJsonObject(signDoc) || signDoc.chain_id !== chainId) return malformed("The document is of another chain.");
    // A device signs the document alone; that body and auth info say the same is held by the server, which built and kept them.
    const [bodyBytes, authInfoBytes] = [fromBase64(prepared.bodyBytes), fromBase64(prepared.authInfoBytes)];
    return { mode: "amino", bodyBytes, authInfoBytes, signDoc };
  }
  const doc = splitSignDoc(signBytes);
  if (doc.chainId !== chainId) return malformed("The transaction is of another chain.");
  // The wallet puts the parts together again by itself: only in their one form are those the bytes that were shown.
  if (!sameBytes(directSignBytes(doc), signBytes)) return nonCanonical("The transaction is not in its one form.");
  return { mode: "direct", ...doc };
}
