import type { z } from "zod";
import { ORGANIZATION_ROLES, type OrganizationRole, PLATFORM_ROLES, type PlatformRole } from "./roles";
import { patternText } from "./text";

export { ORGANIZATION_ROLES, type OrganizationRole, PLATFORM_ROLES, type PlatformRole };

/** How far a scope reaches within its domain. */
export const LEVELS = ["read", "write", "admin"] as const;
export type Level = (typeof LEVELS)[number];

/** What a caller may do: `<domain>:<level>`. `platform:*` reaches across organisations and belongs to operators alone. */
export type Scope = `${string}:${Level}`;

/** The scopes of a domain: the least role of an organisation that has each, and what it lets its holder do in a few words. */
export type Levels = Readonly<Partial<Record<Level, { readonly role: OrganizationRole; readonly words: string }>>>;

type Grant = {
  readonly scope: Scope;
  readonly words: string;
  readonly organizationRole: OrganizationRole | null;
  readonly platformRole: PlatformRole | null;
};

const ofOrganization = (scope: Scope, organizationRole: OrganizationRole, words: string): Grant => ({
  scope,
  words,
  organizationRole,
  platformRole: null,
});
const ofPlatform = (scope: Scope, platformRole: PlatformRole, words: string): Grant => ({
  scope,
  words,
  organizationRole: null,
  platformRole,
});

// The audit log and the platform are the kernel's own; every other scope comes with its domain.
const grants = new Map<Scope, Grant>(
  [
    ofOrganization("audit:read", "admin", "Read and verify the audit log"),
    ofPlatform("platform:read", "operator", "Read everything of the platform"),
    ofPlatform("platform:write", "operator", "Steer everything of the platform"),
    ofPlatform("platform:admin", "admin", "Administer the platform"),
  ].map((grant) => [grant.scope, grant]),
);

/** Makes a domain's scopes known; `defineDomain` alone calls it. */
export function grantLevels(domain: string, levels: Levels): void {
  for (const level of LEVELS) {
    const granted = levels[level];
    if (granted) grants.set(`${domain}:${level}`, ofOrganization(`${domain}:${level}`, granted.role, granted.words));
  }
}

/** The scopes of every domain that is loaded, with their words; sorted, so that the order of loading does not show. */
export const listScopes = (): readonly Grant[] =>
  [...grants.values()].sort((one, other) => (one.scope < other.scope ? -1 : 1));

/** Scopes that an API token may be given: never the platform's. */
export const listTokenScopes = (): readonly Grant[] => listScopes().filter(({ platformRole }) => platformRole === null);

const hasRank = <Role>(ranks: readonly Role[], held: Role | null, least: Role | null): boolean =>
  held !== null && least !== null && ranks.indexOf(held) >= ranks.indexOf(least);

const ORGANIZATION_RANKS = [...ORGANIZATION_ROLES].reverse();

/** Whether a loaded domain has the scope; a stored token may hold one whose domain is gone. */
export const isKnownScope = (scope: Scope): boolean => grants.has(scope);

/** All scopes of a person with these two roles; no role in the organisation gives none of its scopes. */
export const scopesOfRoles = (
  organizationRole: OrganizationRole | null,
  platformRole: PlatformRole,
): ReadonlySet<Scope> =>
  new Set(
    [...grants.values()]
      .filter(
        (grant) =>
          hasRank(ORGANIZATION_RANKS, organizationRole, grant.organizationRole) ||
          hasRank(PLATFORM_ROLES, platformRole, grant.platformRole),
      )
      .map(({ scope }) => scope),
  );

/** Input that must look like a scope; whether there is such a one is for the verb to say, since a browser does not know every domain. */
export const scopeText = patternText(
  /^[a-z]+:(?:read|write|admin)$/,
  "a scope such as validators:read",
  60,
) as z.ZodType<Scope, Scope>;
