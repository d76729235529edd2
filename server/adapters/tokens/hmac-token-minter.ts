import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { TOKEN_KINDS, type TokenKind, type TokenMinter } from "@/server/ports/token-minter";

const PREFIXES: Readonly<Record<TokenKind, string>> = {
  api: "omni",
  session: "omnis",
  access: "omnia",
  refresh: "omnir",
  device: "omnid",
  enrolment: "omnie",
};
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 192 bits; 24 bytes need at most 33 characters of base 62. */
const SECRET_BYTES = 24;
const SECRET_LENGTH = 33;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^([a-z]+)_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);

function base62(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = (ALPHABET[Number(rest % 62n)] ?? "") + text;
    rest /= 62n;
  }
  return text;
}

/** 32 bits of SHA-256: tells a mistyped token from a revoked one without a look into the database. */
const checksumOf = (text: string): string =>
  base62(BigInt(createHash("sha256").update(text).digest().readUInt32BE(0)), CHECKSUM_LENGTH);

/**
 * Tokens are `<prefix>_<33 characters of 192 random bits><6 characters of checksum>`; kept is HMAC-SHA-256 under a pepper derived from the
 * installation's secret, so that a copy of the database alone recognises no token.
 */
export function createHmacTokenMinter(config: { readonly authSecret: string }): TokenMinter {
  const pepper = Buffer.from(hkdfSync("sha256", config.authSecret, "", "omniphi/token-pepper/v1", 32));
  const hash = (token: string): string => createHmac("sha256", pepper).update(token).digest("hex");
  return {
    mint: (kind) => {
      const secret = base62(BigInt(`0x${randomBytes(SECRET_BYTES).toString("hex")}`), SECRET_LENGTH);
      const body = `${PREFIXES[kind]}_${secret}`;
      const token = body + checksumOf(body);
      return { token, displayPrefix: token.slice(0, PREFIXES[kind].length + 7), tokenHash: hash(token) };
    },
    read: (presented) => {
      const parts = SHAPE.exec(presented);
      const kind = TOKEN_KINDS.find((each) => PREFIXES[each] === parts?.[1]);
      if (!parts || !kind || checksumOf(presented.slice(0, -CHECKSUM_LENGTH)) !== parts[3]) return null;
      return { kind, tokenHash: hash(presented) };
    },
  };
}
