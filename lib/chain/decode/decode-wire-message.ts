import type { DecodedField, DecodeOptions } from "./decoded-transaction";
import { emptyField, inside, type Place, plainField, scalarField, typeField, unknownField } from "./field-collector";
import { KEY_TYPES, schemaByTypeUrl } from "./known-schemas";
import type { FieldSchema, MessageSchema } from "./message-schema";
import { type Scalar, toHex } from "./show-scalar";
import { malformed, nonCanonical } from "./transaction-decode-error";
import { asInt64, readUtf8, readWireFields, type WireField } from "./wire-reader";

/** Every field of a protobuf message, in order, unknown ones in full. @throws TransactionDecodeError */
export function decodeWireMessage(
  bytes: Uint8Array,
  schema: MessageSchema,
  place: Place,
  options: DecodeOptions,
): readonly DecodedField[] {
  const known = new Map(schema.fields.map((field) => [field.number, field]));
  const seen = new Map<number, number>();
  const wires = readWireFields(bytes);
  requireOneOf(
    schema,
    wires.flatMap((wire) => known.get(wire.number)?.name ?? []),
  );
  return wires.flatMap((wire) => {
    const index = seen.get(wire.number) ?? 0;
    seen.set(wire.number, index + 1);
    const field = known.get(wire.number);
    if (field === undefined) return [unknownWireField(wire, index, place)];
    if (index > 0 && field.repeated !== true) nonCanonical(`The field ${field.name} is there twice.`);
    const name = field.repeated === true ? `${field.name}[${index}]` : field.name;
    return decodeWireField(wire, field, name, place, options);
  });
}

/** @throws TransactionDecodeError when two fields are there of which the chain keeps one */
export function requireOneOf(schema: MessageSchema, names: readonly string[]): void {
  const chosen = names.filter((name) => schema.oneOf?.includes(name));
  if (chosen.length > 1) nonCanonical(`The fields ${chosen.join(" and ")} exclude one another.`);
}

/** A protobuf `Any`: its type and, when known, its fields; otherwise all of its bytes. */
export function decodeWireAny(
  bytes: Uint8Array,
  of: "message" | "authorization" | "allowance" | "extension",
  place: Place,
  options: DecodeOptions,
): readonly DecodedField[] {
  const { typeUrl, value } = readAny(bytes);
  const schema = schemaByTypeUrl(of, typeUrl);
  if (schema !== undefined)
    return [typeField(place, typeUrl, true), ...decodeWireMessage(value, schema, place, options)];
  const content = value.length === 0 ? [] : [unknownField(place, "@value", "Content in hex", toHex(value))];
  return [typeField(place, typeUrl, false), ...content];
}

/** The two parts of an `Any`. @throws TransactionDecodeError */
export function readAny(bytes: Uint8Array): { readonly typeUrl: string; readonly value: Uint8Array } {
  let typeUrl: string | undefined;
  let value: Uint8Array | undefined;
  for (const wire of readWireFields(bytes)) {
    if (wire.type !== "bytes" || wire.value.length === 0) nonCanonical("A wrapped message is not in its one form.");
    if (wire.number === 1 && typeUrl === undefined) typeUrl = readUtf8(wire.value);
    else if (wire.number === 2 && value === undefined) value = wire.value;
    else nonCanonical("A wrapped message holds more than its type and content.");
  }
  if (typeUrl === undefined) malformed("A wrapped message does not say its type.");
  return { typeUrl, value: value ?? new Uint8Array() };
}

function decodeWireField(
  wire: WireField,
  field: FieldSchema,
  name: string,
  place: Place,
  options: DecodeOptions,
): readonly DecodedField[] {
  const { type } = field;
  if (type.is === "message") {
    const within = inside(place, name, field.label);
    const bytes = bytesOf(wire, field);
    return bytes.length === 0 ? [emptyField(within)] : decodeWireMessage(bytes, type.schema, within, options);
  }
  if (type.is === "any") {
    if (type.of === "pubkey") return wireKeyFields(bytesOf(wire, field), field, name, place);
    return decodeWireAny(bytesOf(wire, field), type.of, inside(place, name, field.label), options);
  }
  return [scalarField(place, field, name, wireScalar(wire, field), options)];
}

function wireScalar(wire: WireField, field: FieldSchema): Scalar {
  const { type } = field;
  switch (type.is) {
    case "text":
    case "address":
    case "base_units":
    case "dec_text":
      return { is: type.is, text: textOf(wire, field) };
    case "dec":
      return { is: "dec", atomics: textOf(wire, field) };
    case "bytes":
      return { is: "bytes", bytes: bytesOf(wire, field) };
    case "uint":
      return { is: "uint", value: varintOf(wire, field) };
    case "int":
    case "enum":
      return { is: type.is, value: asInt64(varintOf(wire, field)) };
    case "bool":
      if (varintOf(wire, field) !== 1n) nonCanonical(`${field.name} is neither true nor left out.`);
      return { is: "bool" };
    case "coin":
      return wireCoin(bytesOf(wire, field));
    case "timestamp":
      return wireTimestamp(bytesOf(wire, field));
    case "message":
    case "any":
      return malformed(`${field.name} is not a single value.`);
  }
}

function bytesOf(wire: WireField, field: FieldSchema): Uint8Array {
  return wire.type === "bytes" ? wire.value : malformed(`${field.name} has another wire type than it should.`);
}

/** Text; an empty one is only written as an element of a list. */
function textOf(wire: WireField, field: FieldSchema): string {
  const bytes = bytesOf(wire, field);
  if (bytes.length === 0 && field.repeated !== true) nonCanonical(`${field.name} is empty but written.`);
  return readUtf8(bytes);
}

function varintOf(wire: WireField, field: FieldSchema): bigint {
  if (wire.type !== "varint") malformed(`${field.name} has another wire type than it should.`);
  if (wire.value === 0n && field.repeated !== true) nonCanonical(`${field.name} is zero but written.`);
  return wire.value;
}

function wireCoin(bytes: Uint8Array): Scalar {
  const [denom, amount, ...more] = readWireFields(bytes);
  if (
    denom?.number !== 1 ||
    denom.type !== "bytes" ||
    amount?.number !== 2 ||
    amount.type !== "bytes" ||
    more.length > 0
  ) {
    return malformed("A coin does not hold exactly a denom and an amount.");
  }
  return { is: "coin", denom: readUtf8(denom.value), amount: readUtf8(amount.value) };
}

function wireTimestamp(bytes: Uint8Array): Scalar {
  const parts = { seconds: 0n, nanos: 0n };
  const seen = new Set<number>();
  for (const wire of readWireFields(bytes)) {
    if (wire.type !== "varint" || wire.number > 2 || wire.value === 0n || seen.has(wire.number)) {
      nonCanonical("A time is not in its one form.");
    }
    seen.add(wire.number);
    parts[wire.number === 1 ? "seconds" : "nanos"] = asInt64(wire.value);
  }
  return { is: "timestamp", ...parts };
}

function wireKeyFields(bytes: Uint8Array, field: FieldSchema, name: string, place: Place): readonly DecodedField[] {
  const { typeUrl, value } = readAny(bytes);
  const keyType = KEY_TYPES.find((candidate) => candidate.typeUrl === typeUrl);
  if (keyType === undefined) {
    const within = inside(place, name, field.label);
    return [typeField(within, typeUrl, false), unknownField(within, "@value", "Content in hex", toHex(value))];
  }
  const [key, ...more] = readWireFields(value);
  if (key?.number !== 1 || key.type !== "bytes" || key.value.length !== keyType.lengthBytes || more.length > 0) {
    return malformed(`A ${keyType.name} key does not hold exactly its ${keyType.lengthBytes} bytes.`);
  }
  return [plainField(place, name, field.label, showKey(keyType.name, key.value), field.permanent === true)];
}

/** A key as base64 with its kind. */
export function showKey(kind: string, bytes: Uint8Array): { display: string; raw: string } {
  const shown = `${kind} ${btoa(String.fromCharCode(...bytes))}`;
  return { display: shown, raw: shown };
}

function unknownWireField(wire: WireField, index: number, place: Place): DecodedField {
  const content = wire.type === "bytes" ? `bytes ${toHex(wire.value)}` : `${wire.type} ${wire.value}`;
  return unknownField(place, `#${wire.number}[${index}]`, `Unknown field ${wire.number}`, content);
}
