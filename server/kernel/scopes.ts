/** What a caller may do, by domain; `platform:*` reaches across organisations and belongs to operators alone. */
export const SCOPES = [
  "identity:read",
  "identity:write",
  "identity:admin",
  "validators:read",
  "validators:write",
  "validators:admin",
  "chain:read",
  "regions:read",
  "audit:read",
  "platform:read",
  "platform:write",
  "platform:admin",
] as const;

export type Scope = (typeof SCOPES)[number];

export const ORGANIZATION_ROLES = ["owner", "admin", "developer", "viewer"] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

export const PLATFORM_ROLES = ["user", "operator", "admin"] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

const READ: readonly Scope[] = ["identity:read", "validators:read", "chain:read", "regions:read"];
const WRITE: readonly Scope[] = [...READ, "validators:write"];
const ADMIN: readonly Scope[] = [...WRITE, "identity:write", "identity:admin", "validators:admin", "audit:read"];

const BY_ORGANIZATION_ROLE: Record<OrganizationRole, readonly Scope[]> = {
  owner: ADMIN,
  admin: ADMIN,
  developer: WRITE,
  viewer: READ,
};

const BY_PLATFORM_ROLE: Record<PlatformRole, readonly Scope[]> = {
  user: [],
  operator: ["platform:read", "platform:write"],
  admin: ["platform:read", "platform:write", "platform:admin"],
};

/** All scopes of a person with these two roles; no role in the organisation gives none of its scopes. */
export function scopesOfRoles(
  organizationRole: OrganizationRole | null,
  platformRole: PlatformRole,
): ReadonlySet<Scope> {
  return new Set([
    ...(organizationRole ? BY_ORGANIZATION_ROLE[organizationRole] : []),
    ...BY_PLATFORM_ROLE[platformRole],
  ]);
}

/** Scopes that an API token may be given: never the platform's. */
export const TOKEN_SCOPES = SCOPES.filter((scope) => !scope.startsWith("platform:"));
