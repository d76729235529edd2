import { canonicalJson, isJsonObject, type Json, parseCanonicalJson } from "./canonical-json";
import { decodeAminoAny, decodeAminoMessage, readAminoAny } from "./decode-amino-message";
import type { DecodedField, DecodedMessage, DecodeOptions } from "./decoded-transaction";
import { quoteText, showWord } from "./display-text";
import { FEE } from "./envelope-schemas";
import { inside, plainField, TOP, titleOf, unknownField, unknownTitle } from "./field-collector";
import { schemaByAminoType } from "./known-schemas";
import { malformed } from "./transaction-decode-error";

type Content = {
  readonly envelope: readonly DecodedField[];
  readonly messages: readonly DecodedMessage[];
  readonly warnings: readonly string[];
};

const KNOWN_KEYS = new Set(["account_number", "chain_id", "fee", "memo", "msgs", "sequence", "timeout_height"]);

/** What amino JSON sign bytes say (legacy `StdSignDoc`; cosmos-sdk 0.53, x/auth/migrations/legacytx). @throws TransactionDecodeError */
export function decodeAminoSignDoc(bytes: Uint8Array, options: DecodeOptions): Content {
  const doc = parseCanonicalJson(bytes);
  if (!isJsonObject(doc)) return malformed("The sign document is not an object.");
  const { msgs, fee } = doc;
  if (!Array.isArray(msgs) || msgs.length === 0) return malformed("The sign document holds no message.");
  if (!isJsonObject(fee)) return malformed("The sign document states no fee.");
  const feeFields = decodeAminoMessage(fee, FEE, inside(TOP, "fee", "Fee"), options);
  const timeout = doc.timeout_height;
  const memo = textOf(doc.memo, "memo");
  const chainId = textOf(doc.chain_id, "chain_id");
  const envelope = [
    plainField(TOP, "chain_id", "Chain", { display: chainId === "" ? "none" : showWord(chainId), raw: chainId }),
    plainField(TOP, "account_number", "Account number", whole(doc.account_number, "account_number")),
    plainField(TOP, "memo", "Memo", { display: memo === "" ? "none" : quoteText(memo), raw: memo }),
    ...(timeout === undefined
      ? []
      : [plainField(TOP, "timeout_height", "Void after height", whole(timeout, "timeout_height"))]),
    plainField({ ...TOP, path: "signer_infos[0]" }, "sequence", "Sequence", whole(doc.sequence, "sequence")),
    ...feeFields,
    ...Object.entries(doc)
      .filter(([key]) => !KNOWN_KEYS.has(key))
      .map(([key, value]) => unknownField(TOP, `#${key}`, `Unknown field ${canonicalJson(key)}`, canonicalJson(value))),
  ];
  return {
    envelope,
    messages: msgs.map((message: Json, index) => decodeMessage(message, index, options)),
    warnings: [],
  };
}

function decodeMessage(json: Json, index: number, options: DecodeOptions): DecodedMessage {
  const path = `messages[${index}]`;
  const { type } = readAminoAny(json);
  const schema = schemaByAminoType("message", type);
  const fields = decodeAminoAny(json, "message", { path, group: "", depth: 1 }, options);
  const title = schema === undefined ? unknownTitle(type) : titleOf(schema, path, fields);
  return { typeUrl: schema?.typeUrl ?? type, title, known: schema !== undefined, fields };
}

function textOf(value: Json | undefined, name: string): string {
  return typeof value === "string" ? value : malformed(`${name} is not a text.`);
}

function whole(value: Json | undefined, name: string): { display: string; raw: string } {
  const text = textOf(value, name);
  const isWhole = /^(0|[1-9]\d{0,19})$/.test(text) && BigInt.asUintN(64, BigInt(text)) === BigInt(text);
  return isWhole ? { display: text, raw: text } : malformed(`${name} is not a whole number of 64 bits.`);
}
