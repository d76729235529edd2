import { malformed, nonCanonical } from "./transaction-decode-error";

/** One field as protobuf carries it: varint and fixed values as bigint, length-delimited ones as bytes. */
export type WireField =
  | { readonly number: number; readonly type: "varint"; readonly value: bigint }
  | { readonly number: number; readonly type: "fixed64" | "fixed32"; readonly value: bigint }
  | { readonly number: number; readonly type: "bytes"; readonly value: Uint8Array };

const MAX_VARINT_BYTES = 10;
const MAX_UINT64 = (1n << 64n) - 1n;
const MAX_FIELD_NUMBER = (1 << 29) - 1;

/**
 * The fields of a message in order, when its bytes are in the one form that ADR-027 of the Cosmos SDK allows: shortest varints, field numbers
 * never falling, nothing left over. Groups and unknown wire types are refused. @throws TransactionDecodeError
 */
export function readWireFields(bytes: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  let offset = 0;
  let lastNumber = 0;

  const readVarint = (): bigint => {
    let value = 0n;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const byte = bytes[offset];
      if (byte === undefined) malformed("A number is cut off.");
      offset += 1;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) {
        if (byte === 0 && index > 0) nonCanonical("A number is written longer than it needs.");
        if (value > MAX_UINT64) malformed("A number is larger than 64 bits.");
        return value;
      }
    }
    return malformed("A number does not end.");
  };
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - offset) malformed("A field is longer than the bytes that hold it.");
    const taken = bytes.slice(offset, offset + length);
    offset += length;
    return taken;
  };
  const readFixed = (length: number): bigint =>
    take(length).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

  while (offset < bytes.length) {
    const tag = readVarint();
    const number = Number(tag >> 3n);
    if (number < 1 || number > MAX_FIELD_NUMBER) malformed("A field number is out of range.");
    if (number < lastNumber) nonCanonical("Fields are not in their order.");
    lastNumber = number;
    switch (Number(tag & 7n)) {
      case 0:
        fields.push({ number, type: "varint", value: readVarint() });
        break;
      case 1:
        fields.push({ number, type: "fixed64", value: readFixed(8) });
        break;
      case 2: {
        const length = readVarint();
        if (length > BigInt(bytes.length)) malformed("A field is longer than the bytes that hold it.");
        fields.push({ number, type: "bytes", value: take(Number(length)) });
        break;
      }
      case 5:
        fields.push({ number, type: "fixed32", value: readFixed(4) });
        break;
      default:
        malformed("A field has a wire type that Cosmos transactions do not use.");
    }
  }
  return fields;
}

/** Text of a field; bytes that are not UTF-8 are refused, never replaced. */
export function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return malformed("A text is not valid UTF-8.");
  }
}

/** A varint read as int64 (two's complement). */
export function asInt64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
