import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { createApiToken } from "@/server/domains/identity";
import { actorName } from "@/server/kernel/context";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup } from "../../support/factories/validators";
import { apiRequest, callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

const NOWHERE = "val_01890000-0000-7000-8000-000000000000";

let runtime: TestRuntime;
let setupRequestId: string;
let stranger: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-refused-"))) });
  const { networkId } = await createTestNetwork(runtime);
  ({ setupRequestId } = await createTestSetup(await createPerson(runtime), networkId));
});
beforeEach(async () => {
  stranger = await createPerson(runtime);
});
afterAll(() => runtime.close());

/** What was written of a caller's refusals, oldest first. */
async function refusalsOf(caller: string) {
  const rows = await runtime.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.action, "identity.access.refused"), eq(auditEvents.actor, caller)))
    .orderBy(auditEvents.sequence);
  return rows.map(({ chainKey, targetId, details }) => ({ chainKey, targetId, details }));
}

it("a token without the scope is seen through tRPC too, with what it asked for and the name of its request", async () => {
  const ctx = await stranger.ctx();
  const { apiToken, token } = await createApiToken(ctx, { name: "reads", scopes: ["chain:read"] });
  const bearer = token ?? "";
  const input = encodeURIComponent(JSON.stringify({ setupRequestId }));
  const query = await handleTrpcRequest(
    apiRequest("GET", `/api/trpc/validators.getSetupRequest?input=${input}`, { bearer }),
  );
  const mutation = await handleTrpcRequest(
    apiRequest("POST", "/api/trpc/validators.cancelSetupRequest", { bearer, json: { setupRequestId: NOWHERE } }),
  );
  for (const answer of [query, mutation]) {
    const { error } = (await answer.json()) as { error: { data: { code: string; appError: unknown } } };
    expect([answer.status, error.data.code]).toEqual([403, "FORBIDDEN"]);
    expect(error.data.appError).toMatchObject({
      kind: "forbidden",
      code: "auth.scope_missing",
      requestId: answer.headers.get("x-request-id"),
    });
  }
  expect(await refusalsOf(`apiToken:${apiToken.id}`)).toMatchObject([
    {
      targetId: setupRequestId,
      details: { operation: "query validators.getSetupRequest", code: "auth.scope_missing" },
    },
    { targetId: NOWHERE, details: { operation: "mutation validators.cancelSetupRequest", code: "auth.scope_missing" } },
  ]);
});

describe("who asks for what is another organisation's", () => {
  it("is told that it is nowhere, and each such question of theirs is in the platform's audit log, once", async () => {
    const { actor } = await stranger.ctx();
    const path = `/api/v1/validators/setup-requests/${setupRequestId}`;
    const asked = [
      ["GET", path],
      ["POST", "/api/v1/validators/stop"],
      ["POST", "/api/v1/validators/redeploy"],
      ["POST", "/api/v1/validators/redeploy"],
    ] as const;
    for (const [method, at] of asked) {
      const json = method === "POST" ? { json: { setupRequestId } } : {};
      const headers = { "idempotency-key": "the-same-for-all" };
      const answer = await callApi(method, at, { bearer: stranger.accessToken, headers, ...json });
      expect([at, answer.status]).toEqual([at, 404]);
    }
    const operations = [
      "GET /api/v1/validators/setup-requests/{setupRequestId}",
      "POST /api/v1/validators/stop",
      "POST /api/v1/validators/redeploy",
    ];
    expect(await refusalsOf(actorName(actor))).toEqual(
      operations.map((operation) => ({
        chainKey: "platform",
        targetId: setupRequestId,
        details: {
          operation,
          code: "validators.setup_request_not_found",
          callerOrganizationId: stranger.organizationId,
        },
      })),
    );
  });

  it("leaves the same trace as who asks for what nobody has", async () => {
    const { actor } = await stranger.ctx();
    for (const id of [setupRequestId, NOWHERE]) {
      await callApi("GET", `/api/v1/validators/setup-requests/${id}`, { bearer: stranger.accessToken });
    }
    const [real, absent] = await refusalsOf(actorName(actor));
    expect([real?.targetId, absent?.targetId]).toEqual([setupRequestId, NOWHERE]);
    expect(absent?.details).toEqual(real?.details);
  });

  it("is seen through tRPC too", async () => {
    const { actor } = await stranger.ctx();
    const input = encodeURIComponent(JSON.stringify({ setupRequestId }));
    const answer = await handleTrpcRequest(
      apiRequest("GET", `/api/trpc/validators.getSetupRequest?input=${input}`, { bearer: stranger.accessToken }),
    );
    expect(answer.status).toBe(404);
    expect(await refusalsOf(actorName(actor))).toMatchObject([
      { targetId: setupRequestId, details: { operation: "query validators.getSetupRequest" } },
    ]);
  });
});

it("a token without the scope leaves a trace as well; what is allowed and what nobody known asks leaves none", async () => {
  const ctx = await stranger.ctx();
  const { apiToken, token } = await createApiToken(ctx, { name: "reads", scopes: ["chain:read"] });
  const path = `/api/v1/validators/setup-requests/${NOWHERE}/cancel`;
  expect((await callApi("POST", path, { bearer: token ?? "", json: {} })).status).toBe(403);
  expect((await callApi("GET", "/api/v1/networks", { bearer: token ?? "" })).status).toBe(200);
  expect((await callApi("POST", path, { json: {} })).status).toBe(401);
  expect(await refusalsOf(`apiToken:${apiToken.id}`)).toMatchObject([
    { targetId: NOWHERE, details: { code: "auth.scope_missing" } },
  ]);
  expect(await refusalsOf("anonymous")).toEqual([]);
});

it("a person's many tokens fill the audit log no faster than one", async () => {
  const ctx = await stranger.ctx();
  const { token, apiToken } = await createApiToken(ctx, { name: "one", scopes: ["chain:read"] });
  for (let index = 0; index < 120; index += 1) {
    await drawRateLimits(runtime.db, [{ key: `refused:person:${stranger.userId}`, limit: 120, periodSeconds: 3_600 }]);
  }
  const path = `/api/v1/validators/setup-requests/${NOWHERE}/cancel`;
  expect((await callApi("POST", path, { bearer: token ?? "", json: {} })).status).toBe(403);
  expect(await refusalsOf(`apiToken:${apiToken.id}`)).toEqual([]);
});
