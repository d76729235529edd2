import { randomBytes } from "node:crypto";

/** Prefixes of public ids; one per kind of row that the API names. */
export const ID_PREFIXES = {
  user: "usr",
  organization: "org",
  session: "ses",
  wallet: "wal",
  apiToken: "tok",
  invitation: "inv",
  network: "net",
  region: "reg",
  server: "srv",
  setupRequest: "val",
  node: "node",
  volume: "vol",
  transaction: "vtx",
  event: "evt",
  audit: "aud",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** A prefixed id, e.g. `val_0192…`; the part behind the underscore is a UUIDv7. */
export type Id<Kind extends IdKind = IdKind> = `${(typeof ID_PREFIXES)[Kind]}_${string}`;

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

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** The exact shape of an id of that kind, for zod's `regex`. */
export function idPattern(kind: IdKind): RegExp {
  return new RegExp(`^${ID_PREFIXES[kind]}_${UUID}$`);
}
