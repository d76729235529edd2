import { z } from "zod";
import { listInput } from "@/server/kernel/pagination";
import { ORGANIZATION_ROLES, PLATFORM_ROLES, scopeText } from "@/server/kernel/scopes";
import { boundedText, instantText, nameText, patternText, webUrlText } from "@/server/kernel/text";
import { MAX_API_TOKEN_TTL_DAYS, MAX_NAME_LENGTH, MAX_SLUG_LENGTH } from "./constants";
import { identityDomain } from "./domain";

const name = nameText(MAX_NAME_LENGTH);
const userId = identityDomain.idText("user");
const organizationId = identityDomain.idText("organization");
const sessionId = identityDomain.idText("session");
const walletId = identityDomain.idText("wallet");
const apiTokenId = identityDomain.idText("apiToken");
const invitationId = identityDomain.idText("invitation");
const role = z.enum(ORGANIZATION_ROLES);
/** Length only; prefix and checksum are the network's and are checked where it is known. */
export const WalletAddressText = boundedText(120).min(8);
const accountPrefix = z.string().regex(/^[a-z]{1,30}$/);

/** `/o/{slug}`: small letters and digits, joined by single hyphens. */
export const OrganizationSlug = patternText(
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  "an organisation's name in an address: small letters, digits and hyphens",
  MAX_SLUG_LENGTH,
);

export const NoInput = z.strictObject({});

/** What was refused: the transport's name of the operation, the refusal's code, and the id that was asked for. */
export const RecordRefusedAccessInput = z.strictObject({
  operation: z.string().min(1).max(200),
  code: z.string().min(1).max(200),
  targetId: z.string().max(200).nullable(),
});

export const IssueLoginNonceInput = z.strictObject({
  address: WalletAddressText,
  accountPrefix,
  chainId: z.string().min(1).max(64),
  /** Origin of this installation, as people see it in the address bar. */
  publicUrl: webUrlText(500),
});
export const LoginChallenge = z
  .strictObject({
    nonce: z.string(),
    messageToSign: z.string(),
    expiresAt: instantText,
  })
  .meta({ id: "LoginChallenge" });

export const WalletProof = z.strictObject({
  walletAddress: WalletAddressText,
  /** Compressed secp256k1 key, base64. */
  pubkey: z.string().min(1).max(200),
  /** 64 bytes r and s, base64. */
  signature: z.string().min(1).max(200),
  nonce: z.string().regex(/^[0-9a-f]{32}$/, "the nonce of the challenge"),
  /** The key was made by the browser for a tour: the wallet is marked for good, and is refused on every network but a localnet. */
  isTestWallet: z.boolean().default(false),
});
export const SignInInput = WalletProof.extend({ kind: z.enum(["browser", "api"]) });

export const TokenPair = z
  .strictObject({
    accessToken: z.string(),
    refreshToken: z.string(),
    tokenType: z.literal("Bearer"),
    /** Seconds until the access token ends. */
    expiresIn: z.number().int(),
  })
  .meta({ id: "TokenPair" });
export const RefreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200) });

export const User = z
  .strictObject({
    id: userId,
    displayName: z.string(),
    platformRole: z.enum(PLATFORM_ROLES),
    /** Whether the first-run tour is still shown. */
    isTourOpen: z.boolean(),
  })
  .meta({ id: "User" });
export const Organization = z
  .strictObject({
    id: organizationId,
    name: z.string(),
    /** Its place in addresses: `/o/{slug}`. */
    slug: OrganizationSlug,
    kind: z.enum(["personal", "team"]),
    role,
  })
  .meta({ id: "Organization" });
export const Wallet = z
  .strictObject({
    id: walletId,
    address: z.string(),
    /** Good on a localnet alone. */
    isTest: z.boolean(),
    createdAt: instantText,
    lastUsedAt: instantText,
  })
  .meta({ id: "Wallet" });
/** Who is asking: `user` and `session` are null for an API token. */
export const Me = z
  .strictObject({
    actor: z.enum(["user", "apiToken", "agent"]),
    user: User.nullable(),
    organization: Organization.nullable(),
    walletAddress: z.string().nullable(),
    scopes: z.array(scopeText),
    expiresAt: instantText.nullable(),
  })
  .meta({ id: "Me" });

export const Session = z
  .strictObject({
    id: sessionId,
    kind: z.enum(["browser", "api"]),
    walletAddress: z.string(),
    isCurrent: z.boolean(),
    createdAt: instantText,
    lastSeenAt: instantText,
    expiresAt: instantText,
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: "Session" });
export const RevokeSessionInput = z.strictObject({ sessionId });

export const UnlinkWalletInput = z.strictObject({ walletId });
export const SetTourInput = z.strictObject({ isOpen: z.boolean() });
export const UpdateProfileInput = z.strictObject({ displayName: name });

export const ApiToken = z
  .strictObject({
    id: apiTokenId,
    name: z.string(),
    displayPrefix: z.string(),
    scopes: z.array(scopeText),
    createdByUserId: userId,
    createdAt: instantText,
    expiresAt: instantText.nullable(),
    lastUsedAt: instantText.nullable(),
    revokedAt: instantText.nullable(),
  })
  .meta({ id: "ApiToken" });
export const CreateApiTokenInput = z.strictObject({
  name,
  scopes: z
    .array(scopeText.refine((scope) => !scope.startsWith("platform:"), "a token cannot hold a platform scope"))
    .min(1, "choose at least one scope")
    .max(100)
    .transform((scopes) => [...new Set(scopes)].sort()),
  expiresInDays: z.number().int().min(1).max(MAX_API_TOKEN_TTL_DAYS).nullable().default(90),
});
/** `token` is null when the same Idempotency-Key is sent again: it is shown once and kept nowhere. */
export const CreatedApiToken = z
  .strictObject({ apiToken: ApiToken, token: z.string().nullable() })
  .meta({ id: "CreatedApiToken" });
export const ListApiTokensInput = z.strictObject({ ...listInput });
export const RevokeApiTokenInput = z.strictObject({ apiTokenId });

export const CreateOrganizationInput = z.strictObject({ name });
export const UpdateOrganizationInput = z.strictObject({ name });
export const SwitchOrganizationInput = z.strictObject({ organizationId });

export const Member = z
  .strictObject({
    userId,
    displayName: z.string(),
    role,
    walletAddresses: z.array(z.string()),
    joinedAt: instantText,
  })
  .meta({ id: "Member" });
export const ListMembersInput = z.strictObject({ ...listInput });
export const ChangeMemberRoleInput = z.strictObject({ userId, role });
export const RemoveMemberInput = z.strictObject({ userId });

export const Invitation = z
  .strictObject({
    id: invitationId,
    organizationId,
    organizationName: z.string(),
    walletAddress: z.string(),
    role,
    createdAt: instantText,
    expiresAt: instantText,
  })
  .meta({ id: "Invitation" });
export const InviteMemberInput = z.strictObject({ walletAddress: WalletAddressText, role });
export const InvitationInput = z.strictObject({ invitationId });

export const GrantPlatformRoleInput = z.strictObject({
  walletAddress: WalletAddressText,
  platformRole: z.enum(PLATFORM_ROLES),
});

export const AuditRecord = z
  .strictObject({
    id: z.string(),
    chainKey: z.string(),
    sequence: z.number().int(),
    occurredAt: instantText,
    actor: z.string(),
    action: z.string(),
    targetType: z.string(),
    targetId: z.string(),
    requestId: z.string(),
    ipAddress: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: "AuditRecord" });
const auditFilters = {
  action: z.string().max(100).optional(),
  actor: z.string().max(100).optional(),
  targetId: z.string().max(100).optional(),
  since: instantText.optional(),
  until: instantText.optional(),
};
export const ListAuditInput = z.strictObject({ ...auditFilters, ...listInput });
/** Which rows of the log a file has; it is one page. */
export const ExportAuditInput = z.strictObject(auditFilters);
export const ListPlatformAuditInput = z.strictObject({
  ...auditFilters,
  ...listInput,
  /** An organisation's id, or `platform`; all chains when absent. */
  chainKey: z.string().max(60).optional(),
});
export const AuditVerdict = z
  .strictObject({
    chainKey: z.string(),
    isIntact: z.boolean(),
    rowCount: z.number().int(),
    /** First row that contradicts the chain; null when intact. */
    firstBadSequence: z.number().int().nullable(),
    firstBadId: z.string().nullable(),
    reason: z
      .enum(["sequence_gap", "previous_hash_mismatch", "hash_mismatch", "head_mismatch", "anchor_mismatch"])
      .nullable(),
    anchorsChecked: z.number().int(),
    /** Hash of the last row that agrees: of an intact chain, its head. */
    lastHash: z.string(),
    verifiedAt: instantText,
  })
  .meta({ id: "AuditVerdict" });
export const VerifyAuditChainInput = z.strictObject({ chainKey: z.string().min(1).max(60) });

/** How many sessions ended. */
export const RevokedSessions = z.strictObject({ revokedCount: z.number().int() });
export const InvitationMade = z.strictObject({ invitationId, walletAddress: z.string(), role, expiresAt: instantText });
export const Joined = z.strictObject({ organizationId, role });
export const PlatformRoleGranted = z.strictObject({ userId, platformRole: z.enum(PLATFORM_ROLES) });

export type SignInInput = z.infer<typeof SignInInput>;
export type User = z.infer<typeof User>;
export type Organization = z.infer<typeof Organization>;
export type Wallet = z.infer<typeof Wallet>;
export type Me = z.infer<typeof Me>;
export type Session = z.infer<typeof Session>;
export type ApiToken = z.infer<typeof ApiToken>;
export type Member = z.infer<typeof Member>;
export type Invitation = z.infer<typeof Invitation>;
export type AuditRecord = z.infer<typeof AuditRecord>;
export type AuditVerdict = z.infer<typeof AuditVerdict>;
export type TokenPair = z.infer<typeof TokenPair>;
