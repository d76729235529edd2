/** A sign-in statement may be answered once, within this time (omission of an answer costs nothing but a new statement). */
export const LOGIN_NONCE_TTL_SECONDS = 300;

/** A browser's session ends this long after sign-in, whatever is done in it. */
export const BROWSER_SESSION_TTL_SECONDS = 14 * 24 * 3600;
/** A browser's session ends when nothing was asked for this long. */
export const BROWSER_IDLE_TTL_SECONDS = 7 * 24 * 3600;
/** Lifetime of an access token; told to the caller as `expiresIn`. */
export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60;
/** An API session can be renewed for this long after sign-in. */
export const API_SESSION_TTL_SECONDS = 30 * 24 * 3600;
/** "Last seen" and "last used" are kept to this grain, so that a poll does not write a row. */
export const LAST_SEEN_GRAIN_SECONDS = 60;

export const INVITATION_TTL_DAYS = 14;
/** Live tokens of one organisation. */
export const MAX_API_TOKENS = 50;
/** Longest life that a token may be given, in days. */
export const MAX_API_TOKEN_TTL_DAYS = 366;
export const MAX_NAME_LENGTH = 80;
/** Characters of an organisation's name in addresses. */
export const MAX_SLUG_LENGTH = 48;
/** Rows of the audit log in one file. */
export const MAX_EXPORTED_AUDIT_ROWS = 50_000;
