import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sign } from "@/inngest/engine/protocol/signature";
import { handleJobRequests } from "@/server/http/handle-job-request";
import { apiRequest, freshIpAddress } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

/** What reached the SDK, which is this test. */
const reached: string[] = [];
const note = async (request: Request) => {
  reached.push(`${request.method} ${await request.text()}`);
  return Response.json({ ok: true }, { status: 206, headers: { "x-inngest-req-version": "2" } });
};
const handle = handleJobRequests({ GET: note, POST: note, PUT: note });

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime({ settings: { inngestBaseUrl: "https://inngest.omniphi.test" } });
});
beforeEach(() => {
  reached.length = 0;
});
afterAll(() => runtime.close());

function call(method: string, options: { body?: string; signedBody?: string; ipAddress?: string } = {}) {
  const { body, signedBody, ipAddress = freshIpAddress() } = options;
  const now = Math.round(Date.now() / 1_000);
  const key = runtime.settings.inngestSigningKey;
  const headers = {
    "x-request-id": "of-the-server",
    ...(signedBody === undefined ? {} : { "x-inngest-signature": sign(signedBody, key, now) }),
  };
  return handle(
    apiRequest(method, "/api/inngest?fnId=x", { headers, ipAddress, ...(body === undefined ? {} : { body }) }),
  );
}

describe("a job server elsewhere", () => {
  it.each([
    ["GET", undefined],
    ["POST", '{"a":1}'],
    ["PUT", '{"url":"https://cloud.omniphi.test/api/inngest"}'],
  ])(
    "may call with %s from anywhere when it signs, and its answer has our headers besides the SDK's",
    async (method, body) => {
      const answer = await call(method, { ...(body === undefined ? {} : { body }), signedBody: body ?? "" });
      expect([answer.status, answer.headers.get("x-inngest-req-version")]).toEqual([206, "2"]);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(reached).toEqual([`${method} ${body ?? ""}`]);
    },
  );

  it.each(["GET", "HEAD", "POST", "PUT"])("may not call with %s unsigned", async (method) => {
    const hasBody = method === "POST" || method === "PUT";
    expect((await call(method, hasBody ? { body: "{}" } : {})).status).toBe(401);
    expect(reached).toEqual([]);
  });

  it("may register or look by nobody's signature but one over the very body", async () => {
    expect((await call("PUT", { body: '{"url":"https://evil.test"}', signedBody: "{}" })).status).toBe(401);
    expect(reached).toEqual([]);
  });

  it("that guesses signatures is not listened to for a while, and others are", async () => {
    const ipAddress = freshIpAddress();
    const statuses = [];
    for (let index = 0; index < 31; index += 1) {
      statuses.push((await call("POST", { body: "{}", signedBody: "other", ipAddress })).status);
    }
    expect(statuses).toEqual([...Array(30).fill(401), 429]);
    expect((await call("POST", { body: "{}", signedBody: "{}" })).status).toBe(206);
  });
});
