/** What a bearer token is for; each kind has its own prefix, so that a leaked one can be told by its look. */
export const TOKEN_KINDS = ["api", "session", "access", "refresh", "device", "enrolment"] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** A fresh token, what may be shown of it later, and what is kept of it. */
export type MintedToken = { readonly token: string; readonly displayPrefix: string; readonly tokenHash: string };

/** Makes bearer tokens and the keyed hashes under which they are found again; the key never leaves the adapter. */
export type TokenMinter = {
  mint(kind: TokenKind): MintedToken;
  /** The hash under which a presented token is kept, and its kind; null when its shape or checksum is not ours. */
  read(presented: string): { readonly kind: TokenKind; readonly tokenHash: string } | null;
};
