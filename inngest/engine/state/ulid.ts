import { randomBytes } from "node:crypto";

/** Crockford's base 32 without I, L, O and U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function encode(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = `${alphabet[Number(rest & 31n)] ?? "0"}${text}`;
    rest >>= 5n;
  }
  return text;
}

/** A ULID of a time and 80 bits of entropy; sorts by time. */
export function ulidOf(timeMs: number, entropy: bigint): string {
  return encode(BigInt(Math.max(0, Math.trunc(timeMs))), 10) + encode(entropy & ((1n << 80n) - 1n), 16);
}

/** Makes ULIDs that rise strictly within one process, also when the clock stands still or goes back. */
export function createUlidSource(now: () => Date): () => string {
  let lastTime = 0;
  let lastEntropy = 0n;
  return () => {
    const time = Math.max(now().getTime(), lastTime);
    const fresh = BigInt(`0x${randomBytes(10).toString("hex")}`) >> 1n;
    lastEntropy = time === lastTime ? lastEntropy + 1n : fresh;
    lastTime = time;
    return ulidOf(time, lastEntropy);
  };
}

/**
 * The id of the event at `index` of a request whose header carries the SDK's seed (`<unix ms>,<base64 of 10 bytes>`), so that a request sent
 * again after a lost answer names the same events: the seed's bytes as a number, and one more for each event, as a real server was seen to
 * count. Undefined when the seed cannot be read.
 */
export function seededUlid(seed: string | undefined, index: number): string | undefined {
  const match = /^(\d{10,15}),([A-Za-z0-9+/=]+)$/.exec(seed ?? "");
  if (match === null) return undefined;
  const entropy = Buffer.from(match[2] ?? "", "base64");
  if (entropy.length !== 10) return undefined;
  return ulidOf(Number(match[1]), BigInt(`0x${entropy.toString("hex")}`) + BigInt(index + 1));
}
