import { describe, expect, it } from "vitest";
import { type Actor, hasScope } from "./context";
import { listScopes, listTokenScopes, ORGANIZATION_ROLES, PLATFORM_ROLES, type Scope, scopesOfRoles } from "./scopes";
import "@/server/domains/domains";

const SCOPES = listScopes().map(({ scope }) => scope);
const TOKEN_SCOPES = listTokenScopes().map(({ scope }) => scope);

const user = (
  organizationRole: (typeof ORGANIZATION_ROLES)[number] | null,
  platformRole: (typeof PLATFORM_ROLES)[number],
): Actor => ({ kind: "user", userId: "usr_1", sessionId: "ses_1", organizationRole, platformRole });

describe("roles", () => {
  it.each([
    ["viewer", "validators:read", true],
    ["viewer", "validators:write", false],
    ["viewer", "audit:read", false],
    ["developer", "validators:write", true],
    ["developer", "validators:admin", false],
    ["developer", "identity:write", false],
    ["admin", "identity:admin", true],
    ["admin", "audit:read", true],
    ["owner", "validators:admin", true],
  ] as const)("%s has %s: %s", (role, scope, expected) => {
    expect(hasScope(user(role, "user"), scope)).toBe(expected);
  });

  it("of an organisation never reach the platform", () => {
    const reached = ORGANIZATION_ROLES.flatMap((role) => [...scopesOfRoles(role, "user")]);
    expect(reached.filter((scope) => scope.startsWith("platform:"))).toEqual([]);
  });

  it("of the platform reach no organisation's rows", () => {
    const reached = PLATFORM_ROLES.flatMap((role) => [...scopesOfRoles(null, role)]);
    expect(reached.filter((scope) => !scope.startsWith("platform:"))).toEqual([]);
  });

  it("grow with rank", () => {
    const grows = (sets: readonly ReadonlySet<string>[]) =>
      sets.every((set, index) => [...(sets[index - 1] ?? [])].every((scope) => set.has(scope)));
    expect(grows([...ORGANIZATION_ROLES].reverse().map((role) => scopesOfRoles(role, "user")))).toBe(true);
    expect(grows(PLATFORM_ROLES.map((role) => scopesOfRoles(null, role)))).toBe(true);
  });

  it("have words for every scope, of every domain and of the kernel", () => {
    expect(SCOPES).toEqual(expect.arrayContaining(["audit:read", "chain:read", "identity:admin", "validators:write"]));
    expect(listScopes().filter(({ words }) => words.length < 5)).toEqual([]);
  });

  it("are asked for no scope that no domain has", () => {
    expect(() => hasScope(user("owner", "admin"), "nowhere:read" as Scope)).toThrow("nowhere:read");
  });

  it("together give every scope, so that no verb is out of everybody's reach", () => {
    const reached = new Set([...scopesOfRoles("owner", "admin")]);
    expect(SCOPES.filter((scope) => !reached.has(scope))).toEqual([]);
  });
});

describe("other actors", () => {
  it.each(SCOPES)("anonymous never has %s, our own jobs always do", (scope) => {
    expect(hasScope({ kind: "anonymous" }, scope)).toBe(false);
    expect(hasScope({ kind: "system", name: "validators.provision" }, scope)).toBe(true);
  });

  it("a token has what it was given and nothing of its owner's roles", () => {
    const token: Actor = { kind: "apiToken", apiTokenId: "tok_1", userId: "usr_1", scopes: ["chain:read"] };
    expect(SCOPES.filter((scope) => hasScope(token, scope))).toEqual(["chain:read"]);
  });

  it("a token can be given any scope but the platform's", () => {
    expect([...TOKEN_SCOPES].sort()).toEqual(SCOPES.filter((scope) => !scope.startsWith("platform:")).sort());
  });
});
