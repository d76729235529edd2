import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { createApiToken, revokeApiToken } from "@/server/domains/identity";
import type { RouteDefinition } from "@/server/http/define-route";
import { pathParameters } from "@/server/http/match-route";
import { ROUTES } from "@/server/http/route-table";
import { listTokenScopes, type Scope } from "@/server/kernel/scopes";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import {
  createTestNetwork,
  createTestNodeRow,
  createTestSetup,
  TEST_CHAIN_ID,
} from "../../support/factories/validators";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createFakeChains } from "../../support/validators/fake-chains";

const TOKEN_SCOPES = listTokenScopes().map(({ scope }) => scope);

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
/** Ids of the owner's things, by the name under which routes ask for them. A new kind of id needs a line here. */
let idsOfOwner: Record<string, string>;
/** Values for what else routes demand, valid in shape. */
let otherValues: Record<string, unknown>;

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
  const { networkId } = await createTestNetwork(runtime);
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(owner, networkId);
  const { organizationId } = owner;
  const { nodeId } = await createTestNodeRow(runtime, { organizationId, setupRequestId, networkId });
  idsOfOwner = { setupRequestId, nodeId, apiTokenId: (await tokenOf(owner, ["chain:read"])).id };
  otherValues = {
    address: stranger.wallet.address,
    walletAddress: stranger.wallet.address,
    networkId,
    chainId: TEST_CHAIN_ID,
    regionCode: "us-east",
    txBytes: "AAAA",
    txBytesBase64: "AAAA",
    name: "A token",
    scopes: ["chain:read"],
    pubkey: "A".repeat(44),
    consensusPubkeyBase64: Buffer.alloc(32).toString("base64"),
    consensusAddress: "00".repeat(20),
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
  };
});
afterAll(() => runtime.close());

async function tokenOf(person: SignedInPerson, scopes: Scope[]): Promise<{ id: string; token: string }> {
  const { apiToken, token } = await createApiToken(await person.ctx(), { name: "test", scopes });
  return { id: apiToken.id, token: token ?? "" };
}

const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** Method, path and body of a well-formed request, with the owner's ids wherever an id is asked for. */
function wellFormed(route: RouteDefinition): { path: string; json?: Record<string, unknown>; usesForeignId: boolean } {
  const values: Record<string, unknown> = { ...otherValues, ...idsOfOwner };
  const inPath = pathParameters(route.path);
  let path: string = route.path;
  for (const name of inPath) {
    if (values[name] === undefined) throw new Error(`no value for {${name}} of ${route.path}: add it to this test`);
    path = path.replace(`{${name}}`, encodeURIComponent(String(values[name])));
  }
  const rest = Object.entries(route.input.shape as Record<string, z.ZodType>).filter(
    ([name, schema]) => !inPath.includes(name) && (isRequired(schema) || name in idsOfOwner),
  );
  for (const [name] of rest) {
    if (values[name] === undefined)
      throw new Error(`no value for ${name} of ${route.operationId}: add it to this test`);
  }
  const given = Object.fromEntries(rest.map(([name]) => [name, values[name]]));
  const usesForeignId = [...inPath, ...rest.map(([name]) => name)].some((name) => name in idsOfOwner);
  if (route.method === "GET" || route.method === "DELETE") {
    const query = new URLSearchParams(given as Record<string, string>).toString();
    return { path: query ? `${path}?${query}` : path, usesForeignId };
  }
  return { path, json: given, usesForeignId };
}

const named = (routes: readonly RouteDefinition[]) =>
  routes.map((route) => [`${route.method} ${route.path}`, route] as const);
const guarded = named(ROUTES.filter((route) => route.access !== "public"));
const open = named(ROUTES.filter((route) => route.access === "public"));
const scoped = guarded.filter(([, route]) => route.scope !== null);

/** Routes that anybody may call; a change here is a decision. */
const PUBLIC = [
  "GET /api/v1/auth/challenge/{address}",
  "GET /api/v1/networks",
  "GET /api/v1/networks/{networkId}",
  "GET /api/v1/openapi.json",
  "GET /api/v1/regions",
  "GET /api/v1/regions/{regionCode}",
  "POST /api/v1/auth/token",
  "POST /api/v1/auth/token/refresh",
];

describe("every route", () => {
  it("is public only where this list says so", () => {
    expect(open.map(([name]) => name).filter((name) => !PUBLIC.includes(name))).toEqual([]);
  });

  it("has its own name and its own path", () => {
    expect(new Set(ROUTES.map((route) => route.operationId)).size).toBe(ROUTES.length);
    expect(new Set(ROUTES.map((route) => `${route.method} ${route.path.replace(/\{\w+\}/g, "{}")}`)).size).toBe(
      ROUTES.length,
    );
  });

  it.each(guarded)("%s answers 401 to nobody, before it looks at anything else", async (_name, route) => {
    const { path, json } = wellFormed(route);
    const answer = await callApi(route.method, path, json ? { json } : {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body.code).toBe("auth.session_missing");
    const spoiled = await callApi(route.method, `${path}${path.includes("?") ? "&" : "?"}no_such=1`, {});
    expect(spoiled.status).toBe(401);
  });

  it.each(guarded)("%s answers 401 to a revoked token", async (_name, route) => {
    const revoked = await tokenOf(owner, [...TOKEN_SCOPES]);
    await revokeApiToken(await owner.ctx(), { apiTokenId: revoked.id });
    const { path, json } = wellFormed(route);
    const answer = await callApi(route.method, path, { bearer: revoked.token, ...(json ? { json } : {}) });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe("auth.credential_invalid");
  });

  it.each(scoped)("%s answers 403 to a token with every scope but its own", async (_name, route) => {
    const others = TOKEN_SCOPES.filter((scope) => scope !== route.scope);
    const limited = await tokenOf(owner, [...others]);
    const { path, json } = wellFormed(route);
    const answer = await callApi(route.method, path, { bearer: limited.token, ...(json ? { json } : {}) });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: "auth.scope_missing", details: { scope: route.scope } });
  });

  // What is the platform's names no organisation: nobody but an operator gets to the id at all.
  const ofPlatform = guarded.filter(([, route]) => route.access === "platform");
  it.each(ofPlatform)("%s answers 403 to an owner who is no operator", async (_name, route) => {
    const { path, json } = wellFormed(route);
    const answer = await callApi(route.method, path, { bearer: owner.accessToken, ...(json ? { json } : {}) });
    expect([answer.status, answer.body.code]).toEqual([403, "auth.scope_missing"]);
  });

  const ofOrganization = guarded.filter(([, route]) => route.access !== "platform");
  const withIds = ofOrganization.filter(([, route]) =>
    [...pathParameters(route.path), ...Object.keys(route.input.shape)].some((name) =>
      ["setupRequestId", "nodeId", "apiTokenId"].includes(name),
    ),
  );
  it.each(withIds)(
    "%s answers 404 to another organisation, and says nothing of what is there",
    async (_name, route) => {
      const { path, json, usesForeignId } = wellFormed(route);
      expect(usesForeignId).toBe(true);
      const asStranger = await callApi(route.method, path, { bearer: stranger.accessToken, ...(json ? { json } : {}) });
      expect([asStranger.status, asStranger.body.code]).toEqual([404, expect.stringMatching(/not_found$/)]);

      // The same words as for an id that nobody has, so that not even its existence shows.
      const unknown = Object.values(idsOfOwner).reduce(
        (text, id) => text.replaceAll(id, absent(id)),
        JSON.stringify({ path, json }),
      );
      const nowhere = JSON.parse(unknown) as { path: string; json?: unknown };
      const ofNobody = await callApi(route.method, nowhere.path, {
        bearer: stranger.accessToken,
        ...(nowhere.json ? { json: nowhere.json } : {}),
      });
      const comparable = (body: Record<string, unknown>) =>
        Object.values(idsOfOwner).reduce(
          (text, id) => text.replaceAll(id, "ID").replaceAll(absent(id), "ID"),
          JSON.stringify({ ...body, instance: "" }),
        );
      expect(comparable(ofNobody.body)).toBe(comparable(asStranger.body));
    },
  );

  // Ends what the others look at, so it comes last: shows that the ids above were real.
  it.each(withIds)("%s finds the owner's thing for the owner", async (_name, route) => {
    const { path, json } = wellFormed(route);
    const answer = await callApi(route.method, path, { bearer: owner.accessToken, ...(json ? { json } : {}) });
    const asStranger = await callApi(route.method, path, { bearer: stranger.accessToken, ...(json ? { json } : {}) });
    await answer.response.body?.cancel().catch(() => undefined);
    expect(answer.body?.code).not.toBe(asStranger.body.code);
    expect([401, 403, 500]).not.toContain(answer.status);
  });
});

/** An id of the same kind that no row has. */
const absent = (id: string): string => id.replace(/_.*/, "_01890000-0000-7000-8000-000000000000");

describe("the table itself", () => {
  it("is the only thing that answers: an unknown path is 404, an unknown method 405 with what is possible", async () => {
    expect((await callApi("GET", "/api/v1/no/such/thing")).status).toBe(404);
    const answer = await callApi("PUT", "/api/v1/auth/token");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
  });

  it("has no test helper, no admin door and nothing of another origin in it", () => {
    for (const route of ROUTES) expect(route.path).toMatch(/^\/api\/v1\/[a-z0-9/{}A-Z.-]+$/);
  });
});
