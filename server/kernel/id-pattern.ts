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

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** The exact shape of an id of that kind, for zod's `regex`. */
export function idPattern(kind: IdKind): RegExp {
  return new RegExp(`^${ID_PREFIXES[kind]}_${UUID}$`);
}

const ANY_ID = new RegExp(`^(?:${Object.values(ID_PREFIXES).join("|")})_${UUID}$`);

/** The first of some values that is one of our public ids, or null. */
export const firstId = (values: readonly unknown[]): string | null =>
  values.find((value): value is string => typeof value === "string" && ANY_ID.test(value)) ?? null;
