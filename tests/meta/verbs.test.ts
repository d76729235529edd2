import { describe, expect, it } from "vitest";
import { domains } from "@/server/domains/domains";
import { offeredVerbs } from "@/server/kernel/domain";
import { isKnownScope } from "@/server/kernel/scopes";
import { listVerbs, type VerbFacts } from "@/server/kernel/verbs";
import { readRepositoryFiles } from "./repository-files";

/** A verb as its domain offers it: under which name, or under none when only the domain itself calls it. */
type OfferedVerb = Pick<VerbFacts, "kind" | "verb" | "scope" | "because" | "tenancy"> & {
  readonly domain: string;
  readonly exportName: string | undefined;
};

const places = (verbs: readonly OfferedVerb[]) => verbs.map(({ verb }) => verb).sort();

const badNames = (verbs: readonly OfferedVerb[]) =>
  places(verbs.filter(({ verb, domain }) => !new RegExp(`^${domain}\\.[a-z]+(-[a-z0-9]+)*$`).test(verb)));

const repeated = (verbs: readonly OfferedVerb[]) =>
  places(verbs).filter((verb, index, sorted) => sorted[index - 1] === verb);

/** Verbs that ask for no scope and give no reason that we know. */
const unexplained = (verbs: readonly OfferedVerb[]) =>
  places(
    verbs.filter(
      ({ scope, because }) =>
        scope === null && !["sign-in", "own account", "public", "record of a refusal"].includes(because ?? ""),
    ),
  );

const unknownScopes = (verbs: readonly OfferedVerb[]) =>
  places(verbs.filter(({ scope }) => scope !== null && !isKnownScope(scope)));

/** Offered verbs that reach every organisation's rows although a scope of one organisation opens them, without a reason. */
const tooOpen = (verbs: readonly OfferedVerb[]) =>
  places(
    verbs.filter(
      ({ exportName, tenancy, scope, because }) =>
        exportName !== undefined &&
        tenancy === "platform" &&
        scope !== null &&
        !scope.startsWith("platform:") &&
        // A reason is a sentence's worth of words.
        (because === null || because.split(" ").length < 4),
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

const exportNames = new Map(
  domains.flatMap((surface) => [...offeredVerbs(surface)].map(([name, { verb }]) => [verb, name] as const)),
);

const verbs: readonly OfferedVerb[] = listVerbs().map(({ kind, verb, scope, because, tenancy }) => ({
  kind,
  verb,
  scope,
  because,
  tenancy,
  domain: verb.split(".")[0] ?? "",
  exportName: exportNames.get(verb),
}));
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

  it("ask for a known scope, or say beside it why they need none", () => {
    expect(unexplained(verbs)).toEqual([]);
    expect(unknownScopes(verbs)).toEqual([]);
  });

  it("open no other organisation's rows to a scope of one organisation", () => {
    expect(tooOpen(verbs)).toEqual([]);
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
    because: null,
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
    expect(unexplained([verb({ scope: null }), verb({ scope: null, because: "it is easier" })])).toEqual([
      "fog.stop-job",
      "fog.stop-job",
    ]);
    expect(unexplained([verb({ scope: null, because: "public" })])).toEqual([]);
    expect(unknownScopes([verb({ scope: "fog:write" as never })])).toEqual(["fog.stop-job"]);
  });

  it("finds a platform verb behind a member's scope, unless only its domain can call it", () => {
    expect(tooOpen([verb({ tenancy: "platform" })])).toEqual(["fog.stop-job"]);
    expect(tooOpen([verb({ tenancy: "platform", exportName: undefined })])).toEqual([]);
    expect(tooOpen([verb({ tenancy: "platform", because: "shows the public chain" })])).toEqual([]);
  });

  it("finds a verb that no isolation test names", () => {
    expect(unproven([verb({})], new Map())).toEqual(["fog: stopJob"]);
    expect(unproven([verb({})], new Map([["fog", "stopJobs(ctx)"]]))).toEqual(["fog: stopJob"]);
    expect(unproven([verb({})], new Map([["fog", "import { stopJob } from"]]))).toEqual(["fog: stopJob"]);
    expect(unproven([verb({})], new Map([["fog", "await stopJob(ctx, input)"]]))).toEqual([]);
    expect(unproven([verb({})], new Map([["fog", '"fog.stop-job": (ctx) => all.stop(ctx)']]))).toEqual([]);
  });
});
