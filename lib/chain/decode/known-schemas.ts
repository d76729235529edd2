import { AUTHORIZATION_SCHEMAS, AUTHZ_SCHEMAS } from "./authz-schemas";
import { DISTRIBUTION_SCHEMAS } from "./distribution-schemas";
import { ALLOWANCE_SCHEMAS, FEEGRANT_SCHEMAS } from "./feegrant-schemas";
import { GOV_SCHEMAS } from "./gov-schemas";
import type { FieldType, TransactionMessageSchema } from "./message-schema";
import { STAKING_SCHEMAS } from "./staking-schemas";

const MESSAGES = [...STAKING_SCHEMAS, ...DISTRIBUTION_SCHEMAS, ...GOV_SCHEMAS, ...AUTHZ_SCHEMAS, ...FEEGRANT_SCHEMAS];
const byTypeUrl = (schemas: readonly TransactionMessageSchema[]) =>
  new Map(schemas.map((schema) => [schema.typeUrl, schema]));
const byAminoType = (schemas: readonly TransactionMessageSchema[]) =>
  new Map(schemas.map((schema) => [schema.aminoType, schema]));

const messagesByTypeUrl = byTypeUrl(MESSAGES);
const messagesByAminoType = byAminoType(MESSAGES);
/** What an `Any` of a message may hold, besides messages and keys. */
const CONTENTS = { authorization: AUTHORIZATION_SCHEMAS, allowance: ALLOWANCE_SCHEMAS } as const;
const contentsByTypeUrl = {
  authorization: byTypeUrl(CONTENTS.authorization),
  allowance: byTypeUrl(CONTENTS.allowance),
};
const contentsByAminoType = {
  authorization: byAminoType(CONTENTS.authorization),
  allowance: byAminoType(CONTENTS.allowance),
};

type AnyOf = Extract<FieldType, { is: "any" }>["of"];

/** The schema behind a protobuf `Any`; undefined when it is not known. Extensions are never known. */
export function schemaByTypeUrl(of: AnyOf, typeUrl: string): TransactionMessageSchema | undefined {
  if (of === "message") return messagesByTypeUrl.get(typeUrl);
  return of === "authorization" || of === "allowance" ? contentsByTypeUrl[of].get(typeUrl) : undefined;
}

/** The schema behind an amino `{ type, value }`. */
export function schemaByAminoType(of: AnyOf, aminoType: string): TransactionMessageSchema | undefined {
  if (of === "message") return messagesByAminoType.get(aminoType);
  return of === "authorization" || of === "allowance" ? contentsByAminoType[of].get(aminoType) : undefined;
}

/** Keys by their two names, with their length in bytes. */
export const KEY_TYPES = [
  { typeUrl: "/cosmos.crypto.ed25519.PubKey", aminoType: "tendermint/PubKeyEd25519", name: "ed25519", lengthBytes: 32 },
  {
    typeUrl: "/cosmos.crypto.secp256k1.PubKey",
    aminoType: "tendermint/PubKeySecp256k1",
    name: "secp256k1",
    lengthBytes: 33,
  },
] as const;
