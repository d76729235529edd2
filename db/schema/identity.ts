import { index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "./columns";

/** One row is one person. */
export const users = pgTable("users", {
  id: id(),
  displayName: text().notNull(),
  /** When the person closed the first-run tour; null while it is shown. */
  tourLeftAt: instant(),
  platformRole: text().$type<"user" | "operator" | "admin">().notNull().default("user"),
  ...timestamps(),
});

/** One row is one tenant: everything that is kept belongs to one. */
export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    name: text().notNull(),
    /** The organisation's place in addresses, `/o/{slug}`; never changed, so that a link keeps its meaning. */
    slug: text().notNull(),
    /** `personal` is made at first sign-in; `team` by a person. */
    kind: text().$type<"personal" | "team">().notNull(),
    ...timestamps(),
  },
  (table) => [uniqueIndex("organizations_slug_uq").on(table.slug)],
);

/** One row is one person's role in one organisation. */
export const memberships = pgTable(
  "memberships",
  {
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    userId: text()
      .notNull()
      .references(() => users.id),
    role: text().$type<"owner" | "admin" | "developer" | "viewer">().notNull(),
    ...timestamps(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    index("memberships_user_idx").on(table.userId),
  ],
);

/** One row asks the owner of a wallet, known to us or not, to join an organisation. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    /** Canonical account address (bech32, lower case). */
    walletAddress: text().notNull(),
    role: text().$type<"owner" | "admin" | "developer" | "viewer">().notNull(),
    invitedByUserId: text()
      .notNull()
      .references(() => users.id),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("invitations_organization_wallet_uq").on(table.organizationId, table.walletAddress),
    index("invitations_wallet_idx").on(table.walletAddress),
  ],
);

/** One row is one wallet that proved itself; an address belongs to one person, a person may have several. */
export const wallets = pgTable(
  "wallets",
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** Canonical account address (bech32, lower case). */
    address: text().notNull(),
    /** Compressed secp256k1 key, base64. */
    pubkeyBase64: text().notNull(),
    createdAt: instant().notNull(),
    lastUsedAt: instant().notNull(),
  },
  (table) => [uniqueIndex("wallets_address_uq").on(table.address), index("wallets_user_idx").on(table.userId)],
);

/** One row is an address whose key a browser made for a tour of a localnet; once said it stays said, whoever links or unlinks the wallet. */
export const testWallets = pgTable("test_wallets", {
  /** Canonical account address (bech32, lower case). */
  address: text().primaryKey(),
  markedAt: instant().notNull(),
});

/** One row is one signed-in browser or API client; setting `revokedAt` ends it with the next request. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** The organisation that the session works in now. */
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    walletAddress: text().notNull(),
    /** `browser` holds one token in a cookie; `api` holds a short access token renewed by refresh tokens. */
    kind: text().$type<"browser" | "api">().notNull(),
    /** Keyed SHA-256 of the cookie's or access token; the token itself is kept nowhere. */
    tokenHash: text().notNull(),
    tokenExpiresAt: instant().notNull(),
    /** End of the session however often it is renewed. */
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    ipAddress: text(),
    userAgent: text(),
    revokedAt: instant(),
    revokedReason: text().$type<"signed_out" | "revoked" | "refresh_reused" | "replaced" | "wallet_unlinked">(),
  },
  (table) => [
    uniqueIndex("sessions_token_uq").on(table.tokenHash),
    index("sessions_user_idx").on(table.userId, table.createdAt),
    index("sessions_expires_idx").on(table.expiresAt),
  ],
);

/** One row is one refresh token of a session's family; a second use of one ends the whole session. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    tokenHash: text().primaryKey(),
    sessionId: text()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (table) => [index("refresh_tokens_session_idx").on(table.sessionId)],
);

/** One row is one sign-in statement waiting for its signature; deleted by the first try. */
export const loginNonces = pgTable(
  "login_nonces",
  {
    /** 128 random bits, hex. */
    nonce: text().primaryKey(),
    address: text().notNull(),
    accountPrefix: text().notNull(),
    /** The exact text to sign. */
    message: text().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [index("login_nonces_expires_idx").on(table.expiresAt)],
);

/** One row is one API token of an organisation; only its keyed SHA-256 is kept. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    createdByUserId: text()
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    /** First characters, for people to tell tokens apart. */
    displayPrefix: text().notNull(),
    tokenHash: text().notNull(),
    scopes: text().array().notNull(),
    createdAt: instant().notNull(),
    /** Null: until revoked. */
    expiresAt: instant(),
    /** To the minute. */
    lastUsedAt: instant(),
    lastUsedIpAddress: text(),
    revokedAt: instant(),
  },
  (table) => [
    uniqueIndex("api_tokens_hash_uq").on(table.tokenHash),
    index("api_tokens_organization_idx").on(table.organizationId, table.createdAt),
  ],
);
