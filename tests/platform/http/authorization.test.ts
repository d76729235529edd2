import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { rateLimits } from "@/db/schema/system";
import {
  acceptInvitation,
  createApiToken,
  inviteMember,
  revokeApiToken,
  switchOrganization,
} from "@/server/domains/identity";
import { ROUTES } from "@/server/http/routes";
import { listTokenScopes, type Scope, scopesOfRoles } from "@/server/kernel/scopes";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, TEST_CHAIN_ID } from "../../support/factories/validators";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { createOwner, idFieldsOf, idOfNobody, invite, type Owner } from "../../support/foreign-ids";
import { callApi } from "../../support/http-client";
import { OPERATIONS, type Operation, type Values } from "../../support/published-operations";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

const TOKEN_SCOPES = listTokenScopes().map(({ scope }) => scope);

let runtime: TestRuntime;
let networkId: string;
let owner: Owner;
let stranger: SignedInPerson;
/** Somebody who works in the owner's organisation and may only look. */
let viewer: SignedInPerson;
/** Values for what operations demand besides ids, valid in shape. */
let otherValues: Record<string, unknown>;

/** A name that means several things: the first of these that the field takes. */
const oneOf = (...values: readonly unknown[]) => ({ oneOf: values });
const fitting = (value: unknown, schema: z.ZodType): unknown =>
  value !== null && typeof value === "object" && "oneOf" in value && Array.isArray(value.oneOf)
    ? value.oneOf.find((one) => schema.safeParse(one).success)
    : value;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "omniphi-authorization-"));
  const hostFile = join(folder, "host.json");
  const host = (kind: "process" | "docker") => createFakeNodeHost({ kind, stateFile: hostFile });
  runtime = await createTestRuntime({
    ports: {
      nodeHosts: { process: host("process"), docker: host("docker") },
      chains: createFakeChains({ chainFile: join(folder, "chain.json"), hostFiles: [hostFile] }),
    },
  });
  ({ networkId } = await createTestNetwork(runtime));
  owner = await createOwner(runtime, networkId);
  stranger = await createPerson(runtime);
  viewer = await createPerson(runtime);
  const { invitationId } = await inviteMember(await owner.person.ctx(), {
    walletAddress: viewer.wallet.address,
    role: "viewer",
  });
  await acceptInvitation(await viewer.ctx(), { invitationId });
  await switchOrganization(await viewer.ctx(), { organizationId: owner.person.organizationId });
  otherValues = {
    address: stranger.wallet.address,
    walletAddress: stranger.wallet.address,
    signerAddress: stranger.wallet.address,
    act: oneOf({ kind: "claim_all" }, "stop"),
    confirmation: "stop 1 node",
    proposalId: "7",
    proposalIds: ["1"],
    words: "omni",
    networkId,
    chainId: TEST_CHAIN_ID,
    regionCode: "us-east",
    txBytes: "AAAA",
    name: "A token",
    displayName: "Somebody",
    scopes: ["chain:read"],
    pubkey: "A".repeat(44),
    consensusAddress: "00".repeat(20),
    consensusAddresses: ["00".repeat(20)],
    blocks: 10,
    signature: "AAAA",
    nonce: "0".repeat(32),
    refreshToken: "omnir_x",
    validatorName: "A validator",
    commissionRate: "0.1",
    selfDelegation: "1000000",
    runMode: "cloud",
    tierCode: "small",
    chainKey: "platform",
    reason: "as a test",
    role: "viewer",
    platformRole: "user",
    answers: {},
    isOpen: true,
    isPublic: true,
    runId: "a-run",
    url: "http://127.0.0.1:1",
    kind: oneOf("rpc", "silence", "testnet"),
    status: oneOf("planned", "resolved"),
    isDefault: false,
    bech32: {},
    coinType: 118,
    baseDenom: "omniphi",
    displayDenom: "OMNI",
    denomExponent: 6,
    gasPriceSteps: {},
    rpcUrls: [],
    restUrls: [],
    consensusPubkey: `${"A".repeat(43)}=`,
    proof: { agentId: "agt_x", signature: "A".repeat(86) },
    blockHeight: 1,
    uptimeSeconds: 1,
    target: { kind: "webhook", url: "https://example.org/hook" },
    code: "12345678",
    note: "as a test",
    rule: "node_down",
    isEnabled: true,
    threshold: null,
    forSeconds: null,
    endsAt: "2099-01-01T00:00:00Z",
    hostname: "host.example.org",
    ipAddress: "192.0.2.10",
    provider: "Our own",
    machineType: "large",
    cpuCores: 8,
    memoryGb: 16,
    diskGb: 500,
  };
});
// Everybody here asks far more often than a person may.
beforeEach(() => runtime.db.delete(rateLimits));
afterAll(() => runtime.close());

async function tokenOf(person: SignedInPerson, scopes: readonly Scope[]): Promise<{ id: string; token: string }> {
  const { apiToken, token } = await createApiToken(await person.ctx(), { name: "test", scopes: [...scopes] });
  return { id: apiToken.id, token: token ?? "" };
}
const limitedTokens = new Map<string, Promise<{ token: string }>>();
/** A token of the owner with every scope but this one. */
function tokenWithout(scope: string | null): Promise<{ token: string }> {
  const made = limitedTokens.get(String(scope));
  const token =
    made ??
    tokenOf(
      owner.person,
      TOKEN_SCOPES.filter((held) => held !== scope),
    );
  limitedTokens.set(String(scope), token);
  return token;
}

/** Values of a well-formed request, with an id of each kind that it asks for. */
function valuesFor(operation: Operation, idOf: (kind: string) => string | undefined): Values {
  const ids = Object.fromEntries(idFieldsOf(operation).map(({ field, kind }) => [field, idOf(kind)]));
  const required = Object.entries(operation.fields).filter(
    ([name, schema]) => operation.inPath.includes(name) || !schema.safeParse(undefined).success,
  );
  const others = required
    .filter(([name]) => !(name in ids))
    .map(([name, schema]) => [name, fitting(otherValues[name], schema)] as const);
  const values = { ...Object.fromEntries(others), ...ids };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) throw new Error(`no value for ${name} of ${operation.name}: add it to this test`);
  }
  // Where a thing can be named in two ways, its own id is one.
  return "nodeId" in values && "setupRequestId" in values
    ? Object.fromEntries(Object.entries(values).filter(([name]) => name !== "setupRequestId"))
    : values;
}
const ofOwner = (kind: string) => owner.ids[kind];

const named = (operations: readonly Operation[]) => operations.map((operation) => [operation.name, operation] as const);
const guarded = named(OPERATIONS.filter(({ access }) => access !== "public"));
const scoped = guarded.filter(([, { scope }]) => scope !== null);
const ofViewers: ReadonlySet<string | null> = scopesOfRoles("viewer", "user");
const beyondViewers = scoped.filter(([, { access, scope }]) => access !== "platform" && !ofViewers.has(scope));
const ofPlatform = guarded.filter(([, { access }]) => access === "platform");
/** What machines alone send: a person is refused before any id is looked at; `tests/regions/http` has who else is. */
const OF_MACHINES: ReadonlySet<string> = new Set(["POST /api/v1/regions/{regionCode}/servers/{serverId}/heartbeat"]);
const withIds = guarded.filter(
  ([name, operation]) => operation.access !== "platform" && !OF_MACHINES.has(name) && idFieldsOf(operation).length > 0,
);

/** What anybody may ask; a change here is a decision. */
const PUBLIC = [
  "GET /api/v1/auth/challenge/{address}",
  // Each of its reads is asked as its caller may ask it.
  "GET /api/v1/live",
  "GET /api/v1/networks",
  "GET /api/v1/networks/{networkId}",
  "GET /api/v1/networks/{networkId}/chain-registry",
  "GET /api/v1/networks/{networkId}/miss-budget",
  "GET /api/v1/networks/{networkId}/params",
  "GET /api/v1/networks/{networkId}/signing-grid",
  "GET /api/v1/networks/{networkId}/uptime-calendar",
  "GET /api/v1/networks/{networkId}/validators",
  "GET /api/v1/networks/{networkId}/validators/{operatorAddress}",
  "GET /api/v1/networks/{networkId}/validators/{operatorAddress}/history",
  "GET /api/v1/openapi.json",
  "GET /api/v1/receipts",
  "GET /api/v1/regions",
  "GET /api/v1/regions/{regionCode}",
  "GET /api/v1/regions/{regionCode}/capacity",
  "GET /api/v1/regions/{regionCode}/health",
  "GET /api/v1/status",
  "GET /api/v1/status/incidents",
  "GET /api/v1/validators/public/{operatorAddress}",
  "POST /api/v1/agents/enrol",
  "POST /api/v1/auth/token",
  "POST /api/v1/auth/token/refresh",
  "mutation identity.challenge",
  "query chain.getChainValidator",
  "query chain.getLocalnetStatus",
  "query chain.getMissBudget",
  "query chain.getNetworkParams",
  "query chain.getRegistryFile",
  "query chain.getSigningGrid",
  "query chain.getSigningStrips",
  "query chain.getUptimeCalendar",
  "query chain.getValidatorHistory",
  "query chain.listChainEvents",
  "query chain.listChainValidators",
  "query chain.getNetwork",
  "query chain.listNetworks",
  "query chain.getNetworkPulse",
  "query identity.me",
  "query monitoring.listPublicIncidents",
  "query operations.getStatus",
  "query regions.getRegion",
  "query regions.getRegionCapacity",
  "query regions.listRegions",
  "query validators.getPublicValidator",
  "query validators.getReceipts",
];

describe("everything published", () => {
  it("is public only where this list says so", () => {
    const open = OPERATIONS.filter(({ access }) => access === "public").map(({ name }) => name);
    expect(open.sort()).toEqual([...PUBLIC].sort());
  });

  it("has its own name and its own path", () => {
    const documented = ROUTES.filter(({ aliasOf }) => aliasOf === null);
    expect(new Set(documented.map((route) => route.operationId)).size).toBe(documented.length);
    expect(new Set(ROUTES.map((route) => `${route.method} ${route.path.replace(/\{\w+\}/g, "{}")}`)).size).toBe(
      ROUTES.length,
    );
  });

  it("asks for ids of kinds that this suite can make a stranger's", () => {
    const kinds = new Set(OPERATIONS.flatMap((operation) => idFieldsOf(operation).map(({ kind }) => kind)));
    expect(kinds.size).toBeGreaterThan(5);
    expect([...kinds].filter((kind) => owner.ids[kind] === undefined)).toEqual([]);
  });

  it.each(guarded)("%s answers 401 to nobody, before it looks at anything else", async (_name, operation) => {
    const values = valuesFor(operation, ofOwner);
    const answer = await operation.ask(values);
    expect([answer.status, answer.code]).toEqual([401, "auth.session_missing"]);
    const spoiled = await operation.ask({ ...values, no_such: "1" });
    expect(spoiled.status).toBe(401);
  });

  it.each(scoped)("%s answers 403 to a token with every scope but its own", async (_name, operation) => {
    const { token } = await tokenWithout(operation.scope);
    const answer = await operation.ask(valuesFor(operation, ofOwner), token);
    expect([answer.status, answer.code, answer.details]).toEqual([
      403,
      "auth.scope_missing",
      { scope: operation.scope },
    ]);
  });

  it("has what a viewer may not do, what steers a node among it", () => {
    const names = beyondViewers.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(["POST /api/v1/validators/stop", "POST /api/v1/validators/redeploy"]));
  });

  it.each(beyondViewers)("%s answers 403 to a viewer of its organisation", async (_name, operation) => {
    const answer = await operation.ask(valuesFor(operation, ofOwner), viewer.accessToken);
    expect([answer.status, answer.code, answer.details]).toEqual([
      403,
      "auth.scope_missing",
      { scope: operation.scope },
    ]);
  });

  // What is the platform's names no organisation: nobody but an operator gets to the id at all.
  it.each(ofPlatform)("%s answers 403 to an owner who is no operator", async (_name, operation) => {
    const answer = await operation.ask(valuesFor(operation, ofOwner), owner.person.accessToken);
    expect([answer.status, answer.code]).toEqual([403, "auth.scope_missing"]);
  });

  it.each(withIds)(
    "%s answers 404 to another organisation, and says nothing of what is there",
    async (_name, operation) => {
      const asStranger = await operation.ask(valuesFor(operation, ofOwner), stranger.accessToken);
      expect([asStranger.status, asStranger.code]).toEqual([404, expect.stringMatching(/not_found$/)]);

      // The same words as for an id that nobody has, so that not even its existence shows.
      const ofNobody = await operation.ask(valuesFor(operation, idOfNobody), stranger.accessToken);
      const comparable = (body: unknown) =>
        idFieldsOf(operation).reduce(
          (text, { kind }) => text.replaceAll(owner.ids[kind] ?? "?", "ID").replaceAll(idOfNobody(kind), "ID"),
          JSON.stringify(body),
        );
      expect(comparable(ofNobody.body)).toBe(comparable(asStranger.body));
    },
  );

  it.each(guarded)("%s answers 401 to a revoked token", async (_name, operation) => {
    const person = await createPerson(runtime);
    const revoked = await tokenOf(person, TOKEN_SCOPES);
    await revokeApiToken(await person.ctx(), { apiTokenId: revoked.id });
    const answer = await operation.ask(valuesFor(operation, ofOwner), revoked.token);
    expect([answer.status, answer.code]).toEqual([401, "auth.credential_invalid"]);
  });

  // Shows that the ids above are of the kind that is found: each time for an owner of its own, since some acts end what they are asked about.
  it.each(withIds)("%s finds the owner's thing for the owner", async (name, operation) => {
    const own = await createOwner(runtime, networkId);
    const isAnswer = /identity\.(accept|decline)Invitation$/.test(name);
    const invitation = isAnswer ? await invite(runtime, own.person) : own.ids.invitation;
    const values = valuesFor(operation, (kind) => (kind === "invitation" ? invitation : own.ids[kind]));
    const asStranger = await operation.ask(values, stranger.accessToken);
    const answer = await operation.ask(values, own.person.accessToken);
    expect(answer.code).not.toBe(asStranger.code);
    expect([401, 403, 500]).not.toContain(answer.status);
  });
});

describe("the table itself", () => {
  it("is the only thing that answers: an unknown path is 404, an unknown method 405 with what is possible", async () => {
    expect((await callApi("GET", "/api/v1/no/such/thing")).status).toBe(404);
    const answer = await callApi("PUT", "/api/v1/auth/token");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
  });

  it("has no test helper, no door into our own machinery and nothing of another origin in it", () => {
    for (const route of ROUTES) expect(route.path).toMatch(/^\/api\/v1\/[a-z0-9/{}A-Z.-]+$/);
  });
});

describe("a field that may be an id", () => {
  it("is refused by this suite when it takes ids of no single kind", async () => {
    const { z } = await import("zod");
    const operation = { name: "query fog.job", fields: { jobId: z.string() } };
    expect(() => idFieldsOf(operation)).toThrow("fog.job: jobId");
  });
});
