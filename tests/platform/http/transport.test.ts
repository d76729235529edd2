import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { DEADLINE_MS } from "@/server/http/deadline";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { callApi, freshIpAddress } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let person: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime({ settings: { publicUrl: "https://cloud.omniphi.test" } });
  person = await createPerson(runtime);
});
afterAll(() => runtime.close());

const tokens = (json: unknown, headers: Record<string, string> = {}) =>
  callApi("POST", "/api/v1/api-tokens", { bearer: person.accessToken, json, headers });

describe("a problem document (RFC 9457)", () => {
  it("says what happened by code and field, and names the request", async () => {
    const answer = await tokens({ name: "", scopes: ["nonsense"] });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      type: "https://cloud.omniphi.test/docs/api#error-invalid",
      title: "Invalid input",
      status: 400,
      code: "kernel.invalid_input",
      instance: answer.headers.get("x-request-id"),
      errors: { name: [expect.any(String)], "scopes.0": [expect.any(String)] },
    });
  });

  it.each([
    ["an unknown method", "PUT", {}, 405, "Method not allowed"],
    ["a body of another kind", "POST", { body: "name=x" }, 415, "Unsupported media type"],
    ["a body of two megabytes", "POST", { json: { name: "x".repeat(2_000_000) } }, 413, "Body too large"],
  ])("calls %s by its name in HTTP", async (_name, method, call, status, title) => {
    const answer = await callApi(method, "/api/v1/api-tokens", { bearer: person.accessToken, ...call });
    expect([answer.status, answer.body.status, answer.body.title]).toEqual([status, status, title]);
  });

  it("never takes the request's name from the client", async () => {
    const answer = await callApi("GET", "/api/v1/regions", { headers: { "x-request-id": "mine\u00e9" } });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_[0-9a-f-]{36}$/);
    const wellFormed = "req_01890000-0000-7000-8000-000000000000";
    const other = await callApi("GET", "/api/v1/regions", { headers: { "x-request-id": wellFormed } });
    expect(other.headers.get("x-request-id")).not.toBe(wellFormed);
  });
});

describe("security headers", () => {
  const expected = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  };
  it.each([
    ["a good answer", "GET", "/api/v1/regions", 200],
    ["an unknown path", "GET", "/api/v1/nothing", 404],
    ["an unknown method", "DELETE", "/api/v1/regions", 405],
    ["a refusal", "GET", "/api/v1/api-tokens", 401],
    ["a wrong parameter", "GET", "/api/v1/regions?status=nonsense", 400],
  ])("are on %s", async (_name, method, path, status) => {
    const answer = await callApi(method, path);
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(expected))
      expect([name, answer.headers.get(name)]).toEqual([name, value]);
  });
});

describe("input", () => {
  it.each([
    ["an unknown parameter", "/api/v1/regions?colour=red", "colour"],
    ["a parameter that is there twice", "/api/v1/regions?status=active&status=offline", "status"],
    ["a path parameter that is in the query too", "/api/v1/regions/us-east?regionCode=us-west", "regionCode"],
    ["a prototype by name", "/api/v1/regions?__proto__=1", "__proto__"],
  ])("with %s is refused by name", async (_name, path, field) => {
    const answer = await callApi("GET", path);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
  });

  it.each([
    ["an owner", { organizationId: "org_x" }],
    ["a hash", { tokenHash: "x" }],
    ["a prototype", JSON.parse('{"__proto__":{"isAdmin":true}}') as object],
    ["a constructor", { constructor: { prototype: { isAdmin: true } } }],
  ])("cannot smuggle in %s", async (_name, extra) => {
    const json = { name: "x", scopes: ["chain:read"] };
    const text = JSON.stringify(json).replace("}", `,${JSON.stringify(extra).slice(1)}`);
    const answer = await callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      body: text,
      headers: { "content-type": "application/json" },
    });
    expect([answer.status, answer.body.code]).toEqual([400, "kernel.invalid_input"]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each(["{", "[1]", '"text"', "null", "\u0000"])("that is not one JSON object is refused: %j", async (body) => {
    const answer = await callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      body,
      headers: { "content-type": "application/json" },
    });
    expect([answer.status, answer.body.code]).toEqual([400, "http.body_not_json"]);
  });

  it.each([
    ["in a path", "GET", "/api/v1/networks/%00", undefined],
    ["in a filter", "GET", "/api/v1/validators/setup-requests?search=%00", undefined],
    [
      "in a cursor",
      "GET",
      `/api/v1/api-tokens?cursor=${btoa('{"s":"2026-01-01T00:00:00.000Z","i":"\\u0000"}')}`,
      undefined,
    ],
    ["where a bucket is named after it", "GET", "/api/v1/auth/challenge/%00%00%00%00%00%00%00%00", undefined],
    ["in a body", "POST", "/api/v1/faucet", { networkId: "\u0000", address: "\ud800" }],
  ])("with a character that no database keeps is the caller's mistake: %s", async (_name, method, path, json) => {
    const answer = await callApi(method, path, { bearer: person.accessToken, ...(json ? { json } : {}) });
    expect(answer.status).toBe(400);
  });

  it("larger than a megabyte is refused, said or not, and not read to its end", async () => {
    const said = await callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      body: "x",
      headers: { "content-type": "application/json", "content-length": "1048577" },
    });
    expect([said.status, said.body.code]).toEqual([413, "http.body_too_large"]);
    let sentBytes = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sentBytes += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    const unsaid = await callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      body: endless,
      headers: { "content-type": "application/json" },
    });
    expect(unsaid.status).toBe(413);
    expect(sentBytes).toBeLessThan(1_048_576 + 5 * 65_536);
  });

  const sendBody = (body: BodyInit, headers: Record<string, string> = {}) =>
    callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      body,
      headers: { "content-type": "application/json", ...headers },
    });
  const nested = (depth: number) => `{"name":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  it.each([
    [
      "bytes that are no UTF-8",
      new Uint8Array([0x7b, 0x22, 0x6e, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
      "http.body_not_utf8",
    ],
    ["an overlong form", Buffer.from('{"name":"\xc0\xaf"}', "latin1"), "http.body_not_utf8"],
    ["half a surrogate pair in bytes", Buffer.from('{"name":"\xed\xa0\x80"}', "latin1"), "http.body_not_utf8"],
    ["a byte order mark", "\ufeff{}", "http.body_not_json"],
    ["a number that would lose digits", '{"name":9007199254740993}', "http.body_not_json"],
    ["a number beyond all numbers", '{"name":[1e999]}', "http.body_not_json"],
    ["65 levels", nested(65), "http.body_not_json"],
    ["a prototype deep within", '{"name":[{"x":{"__proto__":{}}}]}', "kernel.invalid_input"],
    ["a prototype by another spelling", '{"\\u005f_proto__":{"a":1}}', "kernel.invalid_input"],
  ])("with %s is refused, and nothing of it is kept", async (_name, body, code) => {
    const answer = await sendBody(body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("that is compressed is refused by name", async () => {
    const answer = await sendBody("{}", { "content-encoding": "gzip" });
    expect([answer.status, answer.body.code]).toEqual([415, "http.unsupported_encoding"]);
  });

  it("that breaks off is the caller's mistake", async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("reset")) });
    const answer = await sendBody(broken);
    expect([answer.status, answer.body.code]).toEqual([400, "http.body_broken"]);
  });

  it.each([
    ["is no UTF-8", "?status=%ff", "http.query_not_utf8"],
    ["has a hundred and one parameters", `?${"a=1&".repeat(101)}`, "http.too_many_parameters"],
    ["has a parameter whose name is a megabyte of escapes", `?${"%1b".repeat(4_000)}=1`, "kernel.invalid_input"],
  ])("whose query %s is refused in few words", async (_name, query, code) => {
    const answer = await callApi("GET", `/api/v1/regions${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    const told = JSON.stringify(answer.body);
    expect(told.length).toBeLessThan(4_000);
    expect(told).not.toContain("\\u001b");
  });

  it("is what the client wrote, whatever the framework made of the address on its way here", async () => {
    const answer = await callApi("GET", "/api/v1/regions", { headers: { "x-omniphi-query": "?__proto__=1" } });
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([400, ["__proto__"]]);
  });

  it("with fifty thousand unknown fields is refused in few words", async () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`field${index}`, 1]));
    const answer = await callApi("POST", "/api/v1/api-tokens", { bearer: person.accessToken, json: many });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body).length).toBeLessThan(4_000);
  });

  it("of 50,000 nested arrays is refused like any other wrong input", async () => {
    const answer = await callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      body: `{"name":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(400);
  });
});

describe("a method", () => {
  it.each([
    ["OPTIONS", "/api/v1/api-tokens", 204, "GET, HEAD, POST"],
    ["HEAD", "/api/v1/regions", 200, null],
    ["HEAD", "/api/v1/auth/token", 405, "POST"],
    ["PATCH", "/api/v1/regions", 405, "GET, HEAD"],
  ])("%s of %s", async (method, path, status, allow) => {
    const answer = await callApi(method, path);
    expect([answer.status, answer.headers.get("allow")]).toEqual([status, allow]);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("a slow body", () => {
  afterEach(() => void vi.useRealTimers());

  it("is given up after the time that the whole request has", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let isRead = () => {};
    const read = new Promise<void>((resolve) => {
      isRead = resolve;
    });
    const body = new ReadableStream<Uint8Array>({ pull: () => isRead() }, { highWaterMark: 0 });
    const answer = callApi("POST", "/api/v1/auth/token", { body, headers: { "content-type": "application/json" } });
    await read;
    await vi.advanceTimersByTimeAsync(DEADLINE_MS);
    expect([(await answer).status, (await answer).body.code]).toEqual([503, "http.deadline_exceeded"]);
  });
});

describe("rate limits", () => {
  it("say what is left, refuse the request after the last, and say when to come back", async () => {
    const ipAddress = freshIpAddress();
    const call = () => callApi("POST", "/api/v1/auth/token/refresh", { ipAddress, json: { refreshToken: "x" } });
    const answers = [];
    for (let index = 0; index < 11; index += 1) answers.push(await call());
    expect(answers[0]?.headers.get("x-ratelimit-limit")).toBe("10");
    expect(answers[0]?.headers.get("x-ratelimit-remaining")).toBe("9");
    const last = answers[10];
    expect([last?.status, last?.body.code]).toEqual([429, "http.rate_limited"]);
    expect(last?.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await callApi("GET", "/api/v1/regions", { ipAddress })).status).toBe(200);
  });

  it("count the socket's peer, not what the client says of itself (fault 48)", async () => {
    const ipAddress = freshIpAddress();
    const statuses = [];
    for (let index = 0; index < 11; index += 1) {
      const answer = await callApi("POST", "/api/v1/auth/token/refresh", {
        ipAddress,
        json: { refreshToken: "x" },
        headers: {
          "x-forwarded-for": freshIpAddress(),
          "x-real-ip": freshIpAddress(),
          forwarded: `for=${freshIpAddress()}`,
        },
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  it("follow a person over all addresses", async () => {
    const busy = await createPerson(runtime);
    const statuses = await Promise.all(
      Array.from({ length: 130 }, () =>
        callApi("POST", "/api/v1/api-tokens", { bearer: busy.accessToken, json: {} }).then((answer) => answer.status),
      ),
    );
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThanOrEqual(120);
  });
});

describe("an Idempotency-Key", () => {
  it("gets the first answer again, without the secret in it, and makes one thing", async () => {
    const headers = { "idempotency-key": "create-1" };
    const json = { name: "once", scopes: ["chain:read"] };
    const [first, again] = [await tokens(json, headers), await tokens(json, headers)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual({ apiToken: first.body.apiToken, token: null });
    const list = await callApi("GET", "/api/v1/api-tokens?limit=100", { bearer: person.accessToken });
    expect(list.body.items.filter((token: { name: string }) => token.name === "once")).toHaveLength(1);
  });

  it("is refused for another body, and when it is no key", async () => {
    const headers = { "idempotency-key": "create-2" };
    await tokens({ name: "a", scopes: ["chain:read"] }, headers);
    const other = await tokens({ name: "b", scopes: ["chain:read"] }, headers);
    expect([other.status, other.body.code]).toEqual([409, "kernel.idempotency_key_reused"]);
    const bad = await tokens({ name: "a", scopes: ["chain:read"] }, { "idempotency-key": "a b" });
    expect([bad.status, bad.body.code]).toEqual([400, "http.bad_idempotency_key"]);
  });

  it("makes one thing of ten requests at once", async () => {
    const headers = { "idempotency-key": "create-3" };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => tokens({ name: "race", scopes: ["chain:read"] }, headers)),
    );
    expect(new Set(answers.map((answer) => answer.body.apiToken.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.body.token !== null)).toHaveLength(1);
  });
});
