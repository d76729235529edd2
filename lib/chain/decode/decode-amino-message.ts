import { decAtomics, decToAmino } from "../dec";
import { canonicalJson, isJsonObject, type Json } from "./canonical-json";
import { requireOneOf, showKey } from "./decode-wire-message";
import type { DecodedField, DecodeOptions } from "./decoded-transaction";
import { emptyField, inside, type Place, plainField, scalarField, typeField, unknownField } from "./field-collector";
import { KEY_TYPES, schemaByAminoType } from "./known-schemas";
import type { FieldSchema, MessageSchema } from "./message-schema";
import type { Scalar } from "./show-scalar";
import { malformed, nonCanonical } from "./transaction-decode-error";

type JsonObject = { readonly [key: string]: Json };
const WHOLE = /^(0|-?[1-9]\d{0,19})$/;
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{0,8}[1-9]))?Z$/;

/** Every field of an amino JSON message, in the order of the schema, unknown ones in full. @throws TransactionDecodeError */
export function decodeAminoMessage(
  json: JsonObject,
  schema: MessageSchema,
  place: Place,
  options: DecodeOptions,
): readonly DecodedField[] {
  const names = new Set(schema.fields.map(aminoNameOf));
  requireOneOf(
    schema,
    schema.fields.filter((field) => json[aminoNameOf(field)] !== undefined).map((field) => field.name),
  );
  const known = schema.fields.flatMap((field) => {
    const value = json[aminoNameOf(field)];
    if (value === undefined) return [];
    if (field.repeated !== true) return decodeAminoField(value, field, field.name, place, options);
    if (!Array.isArray(value)) return malformed(`${field.name} is not a list.`);
    return value.flatMap((element: Json, index) =>
      decodeAminoField(element, field, `${field.name}[${index}]`, place, options),
    );
  });
  // An empty list and no list differ in the signed bytes.
  const emptyLists = schema.fields.flatMap((field) => {
    const value = json[aminoNameOf(field)];
    return field.repeated === true && Array.isArray(value) && value.length === 0
      ? [plainField(place, `${field.name}[]`, field.label, { display: "none", raw: "" })]
      : [];
  });
  const unknown = Object.entries(json)
    .filter(([key]) => !names.has(key))
    .map(([key, value]) => unknownField(place, `#${key}`, `Unknown field ${canonicalJson(key)}`, canonicalJson(value)));
  return [...known, ...emptyLists, ...unknown];
}

/** An amino `{ type, value }`: its type and, when known, its fields; otherwise its whole JSON. */
export function decodeAminoAny(
  json: Json,
  of: "message" | "authorization" | "allowance" | "extension",
  place: Place,
  options: DecodeOptions,
): readonly DecodedField[] {
  const { type, value } = readAminoAny(json);
  const schema = schemaByAminoType(of, type);
  if (schema === undefined) {
    return [typeField(place, type, false), unknownField(place, "@value", "Content in JSON", canonicalJson(value))];
  }
  if (!isJsonObject(value)) return malformed(`The content of ${type} is not an object.`);
  return [typeField(place, schema.typeUrl, true), ...decodeAminoMessage(value, schema, place, options)];
}

/** The two parts of an amino message. @throws TransactionDecodeError when there is anything else */
export function readAminoAny(json: Json): { readonly type: string; readonly value: Json } {
  if (!isJsonObject(json)) return malformed("A message is not an object.");
  const { type, value, ...more } = json;
  if (typeof type !== "string" || type === "" || value === undefined || Object.keys(more).length > 0) {
    return malformed("A message does not hold exactly a type and a value.");
  }
  return { type, value };
}

const aminoNameOf = (field: FieldSchema): string => field.aminoName ?? field.name;

function decodeAminoField(
  value: Json,
  field: FieldSchema,
  name: string,
  place: Place,
  options: DecodeOptions,
): readonly DecodedField[] {
  const { type } = field;
  if (type.is === "message") {
    if (!isJsonObject(value)) return malformed(`${field.name} is not an object.`);
    const within = inside(place, name, field.label);
    const fields = decodeAminoMessage(value, type.schema, within, options);
    return fields.length === 0 ? [emptyField(within)] : fields;
  }
  if (type.is === "any") {
    if (type.of === "pubkey") return aminoKeyFields(value, field, name, place);
    return decodeAminoAny(value, type.of, inside(place, name, field.label), options);
  }
  return [scalarField(place, field, name, aminoScalar(value, field), options)];
}

function aminoScalar(value: Json, field: FieldSchema): Scalar {
  const { type } = field;
  switch (type.is) {
    case "text":
    case "address":
    case "base_units":
    case "dec_text":
      return { is: type.is, text: textOf(value, field) };
    case "dec":
      return { is: "dec", atomics: atomicsOf(textOf(value, field)) };
    case "uint":
    case "int":
      return { is: type.is, value: wholeOf(textOf(value, field)) };
    case "enum":
      if (typeof value !== "number" || !Number.isSafeInteger(value)) malformed(`${field.name} is not a number.`);
      return { is: "enum", value: BigInt(value) };
    case "bool":
      if (value !== true) nonCanonical(`${field.name} is neither true nor left out.`);
      return { is: "bool" };
    case "coin":
      return aminoCoin(value);
    case "timestamp":
      return aminoInstant(textOf(value, field));
    case "bytes":
    case "message":
    case "any":
      return malformed(`${field.name} cannot be read in this encoding.`);
  }
}

function textOf(value: Json, field: FieldSchema): string {
  return typeof value === "string" ? value : malformed(`${field.name} is not a text.`);
}

function wholeOf(text: string): bigint {
  return WHOLE.test(text) ? BigInt(text) : nonCanonical("A number is not in its shortest form.");
}

/** Amino writes rates with exactly 18 digits after the point. */
function atomicsOf(text: string): string {
  try {
    if (decToAmino(text) === text) return decAtomics(text).toString();
  } catch {
    return malformed("A rate is not a decimal number.");
  }
  return nonCanonical("A rate is not written with 18 digits after the point.");
}

function aminoCoin(value: Json): Scalar {
  if (!isJsonObject(value)) return malformed("A coin is not an object.");
  const { denom, amount, ...more } = value;
  if (typeof denom !== "string" || typeof amount !== "string" || Object.keys(more).length > 0) {
    return malformed("A coin does not hold exactly a denom and an amount.");
  }
  return { is: "coin", denom, amount };
}

function aminoInstant(text: string): Scalar {
  const match = INSTANT.exec(text);
  const milliseconds = match === null ? Number.NaN : Date.parse(`${match[1]}Z`);
  if (match === null || Number.isNaN(milliseconds)) return nonCanonical("A time is not in its one form.");
  return {
    is: "timestamp",
    seconds: BigInt(milliseconds) / 1000n,
    nanos: BigInt((match[2] ?? "").padEnd(9, "0")),
  };
}

function aminoKeyFields(value: Json, field: FieldSchema, name: string, place: Place): readonly DecodedField[] {
  const { type, value: key } = readAminoAny(value);
  const keyType = KEY_TYPES.find((candidate) => candidate.aminoType === type);
  if (keyType === undefined) {
    const within = inside(place, name, field.label);
    return [typeField(within, type, false), unknownField(within, "@value", "Content in JSON", canonicalJson(key))];
  }
  const bytes = typeof key === "string" ? canonicalBase64(key) : malformed("A key is not a text.");
  if (bytes.length !== keyType.lengthBytes)
    malformed(`A ${keyType.name} key does not hold ${keyType.lengthBytes} bytes.`);
  return [plainField(place, name, field.label, showKey(keyType.name, bytes), field.permanent === true)];
}

function canonicalBase64(text: string): Uint8Array {
  try {
    const binary = atob(text);
    // Other spellings of the same bytes are refused: the signature is over this one.
    if (btoa(binary) === text) return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return malformed("A key is not base64.");
  }
  return nonCanonical("A key is not in its one base64 form.");
}
