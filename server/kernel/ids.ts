/** Prefixes of public ids by kind of row. */
export type Prefixes = Readonly<Record<string, string>>;

/** A prefixed id, e.g. `val_0192…`; the part behind the underscore is a UUIDv7. */
export type Id<Prefix extends string = string> = `${Prefix}_${string}`;

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** The exact shape of an id with that prefix. */
export const idPattern = (prefix: string): RegExp => new RegExp(`^${prefix}_${UUID}$`);

const ANY_ID = new RegExp(`^[a-z]{2,5}_${UUID}$`);

/** The first of some values that has the shape of a public id, or null. */
export const firstId = (values: readonly unknown[]): string | null =>
  values.find((value): value is string => typeof value === "string" && ANY_ID.test(value)) ?? null;

const RANDOM_BITS = 74n;

/** The last id's time and the 74 bits after it: what the next id of the same millisecond must sort behind. */
const last = { ms: -1, tail: 0n };

// The platform's own random source, which browsers have too: manifests that make ids are loaded there.
const randomBigInt = (bytes: number): bigint =>
  crypto.getRandomValues(new Uint8Array(bytes)).reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);

/**
 * 74 bits: random ones with the first at zero, so that there is room to count; within one millisecond the last ones and a random step of at most
 * 2^32 ("monotonic random", RFC 9562 section 6.2 method 2).
 */
function nextTail(ms: number): bigint {
  last.tail = last.ms === ms ? last.tail + randomBigInt(4) + 1n : randomBigInt(10) & ((1n << (RANDOM_BITS - 1n)) - 1n);
  last.ms = ms;
  return last.tail;
}

/**
 * UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then 74 bits. The ids of one copy of this module sort as text in the order of their making, also
 * those of one millisecond, as long as its clock is not set back: the events of one transaction are told in the order in which they were said.
 */
export function uuidv7(nowMs: number = Date.now()): string {
  const tail = nextTail(nowMs);
  const bits =
    (BigInt(nowMs) << 80n) | (7n << 76n) | ((tail >> 62n) << 64n) | (2n << 62n) | (tail & ((1n << 62n) - 1n));
  const hex = bits.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new id with that prefix. */
export const prefixedId = <Prefix extends string>(prefix: Prefix): Id<Prefix> => `${prefix}_${uuidv7()}`;
