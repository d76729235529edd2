import { randomBytes } from "node:crypto";
import { ID_PREFIXES, type Id, type IdKind } from "./id-pattern";

export { ID_PREFIXES, type Id, type IdKind, idPattern } from "./id-pattern";

/** UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 random bits; sorts by time of making. */
export function uuidv7(nowMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new id of that kind. */
export function newId<Kind extends IdKind>(kind: Kind): Id<Kind> {
  return `${ID_PREFIXES[kind]}_${uuidv7()}`;
}
