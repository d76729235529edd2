import { toUtf8 } from "@cosmjs/encoding";
import { canonicalJson, type Json } from "@/lib/chain/decode/canonical-json";
import { decodeSignDoc } from "@/lib/chain/decode/decode-sign-doc";
import { changedFieldName, diffTransactions } from "@/lib/chain/decode/diff-transactions";

/** Names of what a wallet changed in an amino document before it signed; empty when it signed what it was given. */
export function changedFields(asked: Json, signed: Json): readonly string[] {
  const [before, after] = [asked, signed].map((doc) => canonicalJson(doc));
  if (before === undefined || after === undefined || before === after) return [];
  try {
    const diffs = diffTransactions(decodeSignDoc(toUtf8(before)), decodeSignDoc(toUtf8(after)));
    return diffs.length > 0 ? diffs.map(changedFieldName) : ["something that is not shown"];
  } catch {
    return ["the whole document"];
  }
}
