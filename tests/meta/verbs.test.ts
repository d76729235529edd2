import { describe, expect, it } from "vitest";
import { SCOPES } from "@/server/kernel/scopes";
import { listVerbs, type VerbFacts } from "@/server/kernel/verbs";
import { listRepositoryFiles, readRepositoryFiles } from "./repository-files";

/** A verb as its domain offers it: under which name, or under none when only the domain itself calls it. */
type OfferedVerb = Pick<VerbFacts, "kind" | "verb" | "scope" | "tenancy"> & {
  readonly domain: string;
  readonly exportName: string | undefined;
};

/** Why anybody may call these without holding a scope; everything else asks for one. */
const WITHOUT_SCOPE: Readonly<Record<string, readonly string[]>> = {
  "comes before anybody is known: the credential itself is what is checked": [
    "identity.issue-login-nonce",
    "identity.take-statement",
    "identity.verify-signature",
    "identity.open-session",
    "identity.sign-in",
    "identity.mint-token",
    "identity.resolve-session",
    "identity.resolve-api-token",
    "identity.touch-credential",
    "identity.refresh-session",
    "identity.rotate-session",
  ],
  "is about the caller's own account, which every signed-in person has whatever their role": [
    "identity.accept-invitation",
    "identity.decline-invitation",
    "identity.create-organization",
    "identity.is-own-wallet",
    "identity.is-test-wallet",
    "identity.link-wallet",
    "identity.list-my-invitations",
    "identity.list-organizations",
    "identity.list-sessions",
    "identity.list-wallets",
    "identity.record-linked-wallet",
    "identity.revoke-other-sessions",
    "identity.revoke-session",
    "identity.sign-out",
    "identity.switch-organization",
    "identity.unlink-wallet",
    "identity.update-profile",
  ],
  "writes down a refusal, which is owed by nobody's right": ["identity.record-refused-access"],
  "is public: shown before sign-in": [
    "chain.get-localnet-status",
    "chain.get-network",
    "chain.get-network-pulse",
    "chain.list-networks",
    "regions.get",
    "regions.list",
  ],
};

/** Platform-wide reads that members of any organisation may make, because what they show belongs to none. */
const OPEN_TO_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  "shows the public chain": [
    "chain.get-miss-budget",
    "chain.get-signing-grid",
    "chain.get-signing-strips",
    "chain.get-status",
    "chain.list-events",
  ],
  "says which kinds of host answer, and nothing of what runs there": ["validators.probe-runtimes"],
};

const listed = (table: Readonly<Record<string, readonly string[]>>) => new Set(Object.values(table).flat());
const places = (verbs: readonly OfferedVerb[]) => verbs.map(({ verb }) => verb).sort();

const badNames = (verbs: readonly OfferedVerb[]) =>
  places(verbs.filter(({ verb, domain }) => !new RegExp(`^${domain}\\.[a-z]+(-[a-z0-9]+)*$`).test(verb)));

const repeated = (verbs: readonly OfferedVerb[]) =>
  places(verbs).filter((verb, index, sorted) => sorted[index - 1] === verb);

const withoutScope = (verbs: readonly OfferedVerb[]) => places(verbs.filter(({ scope }) => scope === null));

const unknownScopes = (verbs: readonly OfferedVerb[]) =>
  places(verbs.filter(({ scope }) => scope !== null && !SCOPES.includes(scope)));

/** Offered verbs that reach every organisation's rows although a scope of one organisation opens them. */
const tooOpen = (verbs: readonly OfferedVerb[]) =>
  places(
    verbs.filter(
      ({ exportName, tenancy, scope }) =>
        exportName !== undefined && tenancy === "platform" && scope !== null && !scope.startsWith("platform:"),
    ),
  );

/** Offered verbs of one organisation's rows that its domain's isolation test names neither as a function nor as a verb. */
const unproven = (verbs: readonly OfferedVerb[], isolationTests: ReadonlyMap<string, string>) =>
  verbs
    .filter(({ tenancy, exportName }) => tenancy === "organization" && exportName !== undefined)
    .filter(({ domain, exportName, verb }) => {
      const text = isolationTests.get(domain) ?? "";
      return !text.includes(`"${verb}"`) && !new RegExp(`\\b${exportName}\\(`).test(text);
    })
    .map(({ domain, exportName }) => `${domain}: ${exportName}`);

async function loadVerbs(): Promise<readonly OfferedVerb[]> {
  const domains = listRepositoryFiles().flatMap(
    (path) => /^server\/domains\/([^/]+)\/index\.ts$/.exec(path)?.[1] ?? [],
  );
  const names = new Map<string, string>();
  for (const domain of domains) {
    const surface: Readonly<Record<string, unknown>> = await import(`@/server/domains/${domain}/index.ts`);
    for (const [name, value] of Object.entries(surface)) {
      if (typeof value === "function" && "verb" in value && typeof value.verb === "string") names.set(value.verb, name);
    }
  }
  return listVerbs().map(({ kind, verb, scope, tenancy }) => ({
    kind,
    verb,
    scope,
    tenancy,
    domain: verb.split(".")[0] ?? "",
    exportName: names.get(verb),
  }));
}

const verbs = await loadVerbs();
const isolationTests = new Map(
  readRepositoryFiles(/^tests\/[^/]+\/integration\/isolation\.test\.ts$/).map(({ path, text }) => [
    path.split("/")[1] ?? "",
    text,
  ]),
);

describe("verbs", () => {
  it("are all here", () => {
    expect(verbs.length).toBeGreaterThan(100);
    expect(verbs.filter(({ exportName }) => exportName !== undefined).length).toBeGreaterThan(50);
  });

  it("have a name each, of their domain and their doing", () => {
    expect(badNames(verbs)).toEqual([]);
    expect(repeated(verbs)).toEqual([]);
  });

  it("ask for a known scope, or stand in the list of those that need none", () => {
    expect(withoutScope(verbs)).toEqual([...listed(WITHOUT_SCOPE)].sort());
    expect(unknownScopes(verbs)).toEqual([]);
  });

  it("open no other organisation's rows to a scope of one organisation", () => {
    expect(tooOpen(verbs)).toEqual([...listed(OPEN_TO_MEMBERS)].sort());
  });

  it("of one organisation's rows are each called with another's ids in the isolation test", () => {
    expect(unproven(verbs, isolationTests)).toEqual([]);
  });
});

describe("the rule", () => {
  const verb = (over: Partial<OfferedVerb>): OfferedVerb => ({
    kind: "command",
    verb: "fog.stop-job",
    scope: "validators:write",
    tenancy: "organization",
    domain: "fog",
    exportName: "stopJob",
    ...over,
  });

  it.each(["fog.stopJob", "fog.stop_job", "spot.stop-job", "stop-job", "fog."])("finds the name %j in fog", (name) => {
    expect(badNames([verb({ verb: name })])).toEqual([name]);
  });

  it("finds two of a name, and a missing or an unknown scope", () => {
    expect(repeated([verb({}), verb({})])).toEqual(["fog.stop-job"]);
    expect(withoutScope([verb({ scope: null })])).toEqual(["fog.stop-job"]);
    expect(unknownScopes([verb({ scope: "fog:write" as never })])).toEqual(["fog.stop-job"]);
  });

  it("finds a platform verb behind a member's scope, unless only its domain can call it", () => {
    expect(tooOpen([verb({ tenancy: "platform" })])).toEqual(["fog.stop-job"]);
    expect(tooOpen([verb({ tenancy: "platform", exportName: undefined })])).toEqual([]);
  });

  it("finds a verb that no isolation test names", () => {
    expect(unproven([verb({})], new Map())).toEqual(["fog: stopJob"]);
    expect(unproven([verb({})], new Map([["fog", "stopJobs(ctx)"]]))).toEqual(["fog: stopJob"]);
    expect(unproven([verb({})], new Map([["fog", "import { stopJob } from"]]))).toEqual(["fog: stopJob"]);
    expect(unproven([verb({})], new Map([["fog", "await stopJob(ctx, input)"]]))).toEqual([]);
    expect(unproven([verb({})], new Map([["fog", '"fog.stop-job": (ctx) => all.stop(ctx)']]))).toEqual([]);
  });
});
