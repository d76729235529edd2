import { decodeBech32 } from "../bech32-address";
import { fingerprintOf } from "../fingerprint";
import { hash160 } from "../key-address";
import { decodeAminoSignDoc } from "./decode-amino-sign-doc";
import { decodeWireAny, decodeWireMessage, readAny } from "./decode-wire-message";
import type { DecodedField, DecodedMessage, DecodedTransaction, DecodeOptions } from "./decoded-transaction";
import { hasLookalikes, showWord } from "./display-text";
import { AUTH_INFO, TX_BODY } from "./envelope-schemas";
import { plainField, TOP, titleOf, unknownTitle } from "./field-collector";
import { schemaByTypeUrl } from "./known-schemas";
import { malformed, nonCanonical } from "./transaction-decode-error";
import { readUtf8, readWireFields } from "./wire-reader";

/** Larger documents are refused: CometBFT's default limit for a transaction is 1 MiB, and no person reads that. */
const MAX_SIGN_DOC_BYTES = 256 * 1024;
const OPENING_BRACE = 0x7b;

/** The four parts of a protobuf SignDoc. */
export type SignDocParts = {
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly chainId: string;
  readonly accountNumber: bigint;
};

/**
 * What the very bytes to be signed say: a protobuf SignDoc, or amino's JSON (told apart by the first byte). Nothing is left out; bytes that could
 * be read in two ways are refused. @throws TransactionDecodeError
 */
export function decodeSignDoc(bytes: Uint8Array, options: DecodeOptions = {}): DecodedTransaction {
  if (bytes.length > MAX_SIGN_DOC_BYTES) malformed("The document is larger than anyone can read.");
  if (bytes[0] === OPENING_BRACE) return finish("amino", bytes, decodeAminoSignDoc(bytes, options));
  const parts = splitSignDoc(bytes);
  return finish("direct", bytes, decodeParts(parts, options));
}

/** The parts of a protobuf SignDoc, each exactly once. @throws TransactionDecodeError */
export function splitSignDoc(bytes: Uint8Array): SignDocParts {
  const [body, authInfo, chainId, accountNumber, ...more] = readWireFields(bytes);
  if (
    body?.number !== 1 ||
    body.type !== "bytes" ||
    authInfo?.number !== 2 ||
    authInfo.type !== "bytes" ||
    chainId?.number !== 3 ||
    chainId.type !== "bytes" ||
    chainId.value.length === 0 ||
    (accountNumber !== undefined && (accountNumber.number !== 4 || accountNumber.type !== "varint")) ||
    more.length > 0
  ) {
    return malformed("The sign document does not hold exactly body, auth info, chain id and account number.");
  }
  if (accountNumber?.value === 0n) nonCanonical("An account number of zero is left out, not written.");
  return {
    bodyBytes: body.value,
    authInfoBytes: authInfo.value,
    chainId: readUtf8(chainId.value),
    accountNumber: typeof accountNumber?.value === "bigint" ? accountNumber.value : 0n,
  };
}

/** The parts of broadcast bytes (`TxRaw`), for comparing what came back from a wallet. @throws TransactionDecodeError */
export function splitSignedTx(bytes: Uint8Array): {
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly signatures: readonly Uint8Array[];
} {
  const [body, authInfo, ...signatures] = readWireFields(bytes).map((field, index) => {
    if (field.type !== "bytes" || field.number !== Math.min(index + 1, 3))
      malformed("These are not signed transaction bytes.");
    return field.value;
  });
  if (body === undefined || authInfo === undefined || signatures.length === 0) {
    return malformed("These are not signed transaction bytes.");
  }
  return { bodyBytes: body, authInfoBytes: authInfo, signatures };
}

type Content = {
  readonly envelope: readonly DecodedField[];
  readonly messages: readonly DecodedMessage[];
  readonly warnings: readonly string[];
};

function decodeParts(parts: SignDocParts, options: DecodeOptions): Content {
  const bodyFields = readWireFields(parts.bodyBytes);
  const messages = bodyFields
    .filter((field) => field.number === 1)
    .map((field, index) =>
      decodeMessage(field.type === "bytes" ? field.value : malformed("A message is not wrapped."), index, options),
    );
  if (messages.length === 0) malformed("The transaction holds no message.");
  const body = decodeWireMessage(parts.bodyBytes, TX_BODY, TOP, options).filter(
    (field) => !field.path.startsWith("messages["),
  );
  const authInfo = decodeWireMessage(parts.authInfoBytes, AUTH_INFO, TOP, options);
  const envelope = [
    plainField(TOP, "chain_id", "Chain", { display: showWord(parts.chainId), raw: parts.chainId }),
    plainField(TOP, "account_number", "Account number", number(parts.accountNumber)),
    ...withDefaults(body, [["memo", "Memo"]], "none"),
    ...withDefaults(
      authInfo,
      [
        ["signer_infos[0].sequence", "Sequence"],
        ["fee.gas_limit", "Gas limit"],
      ],
      "0",
    ),
  ];
  return { envelope, messages, warnings: keyWarnings(messages, authInfo) };
}

function decodeMessage(bytes: Uint8Array, index: number, options: DecodeOptions): DecodedMessage {
  const path = `messages[${index}]`;
  const { typeUrl } = readAny(bytes);
  const schema = schemaByTypeUrl("message", typeUrl);
  const fields = decodeWireAny(bytes, "message", { path, group: "", depth: 1 }, options);
  const title = schema === undefined ? unknownTitle(typeUrl) : titleOf(schema, path, fields);
  return { typeUrl, title, known: schema !== undefined, fields };
}

/** Fields that protobuf leaves out when they are zero are still said, so that the sheet never depends on knowing that. */
function withDefaults(
  fields: readonly DecodedField[],
  names: readonly (readonly [path: string, label: string])[],
  display: string,
): readonly DecodedField[] {
  const missing = names.filter(([path]) => !fields.some((field) => field.path === path));
  return [
    ...fields,
    ...missing.map(([path, label]) =>
      plainField(TOP, path, label, { display, raw: display === "none" ? "" : display }),
    ),
  ];
}

function keyWarnings(messages: readonly DecodedMessage[], authInfo: readonly DecodedField[]): readonly string[] {
  const key = authInfo.find((field) => field.path === "signer_infos[0].public_key")?.raw;
  const signer = firstSigner(messages);
  if (key === undefined || signer === undefined || !key.startsWith("secp256k1 ")) return [];
  const derived = hash160(
    Uint8Array.from(atob(key.slice("secp256k1 ".length)), (character) => character.charCodeAt(0)),
  );
  return derived.join() === signer.join()
    ? []
    : ["The signing key does not belong to the account that the first message acts for."];
}

function firstSigner(messages: readonly DecodedMessage[]): Uint8Array | undefined {
  const first = messages[0];
  const schema = first === undefined ? undefined : schemaByTypeUrl("message", first.typeUrl);
  const address = first?.fields.find((field) => field.path === `messages[0].${schema?.signer}`)?.raw;
  if (address === undefined) return undefined;
  try {
    return decodeBech32(address).bytes;
  } catch {
    return new Uint8Array();
  }
}

function finish(encoding: "direct" | "amino", bytes: Uint8Array, content: Content): DecodedTransaction {
  const fields = [...content.envelope, ...content.messages.flatMap((message) => message.fields)];
  const hasUnknown = fields.some((field) => field.unknown) || content.messages.some((message) => !message.known);
  const warnings = [
    ...content.warnings,
    ...(hasUnknown ? ["Part of this transaction is not understood here. Do not sign what nobody can explain."] : []),
    ...(fields.some((field) => hasLookalikes(field.raw))
      ? ["Some text has letters beyond plain Latin, which can look like others."]
      : []),
  ];
  return {
    encoding,
    messages: content.messages,
    envelope: content.envelope,
    hasUnknown,
    warnings,
    fingerprint: fingerprintOf(bytes),
  };
}

const number = (value: bigint) => ({ display: value.toString(), raw: value.toString() });
