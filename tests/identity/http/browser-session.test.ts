import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessions } from "@/db/schema/identity";
import { auditEvents } from "@/db/schema/system";
import { handleAuthRequest } from "@/server/auth/handle-auth-request";
import { isTestWallet } from "@/server/domains/identity";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { answerChallenge } from "../../support/factories/identity";
import { apiRequest, callApi, freshIpAddress } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet, type TestWallet } from "../../support/test-wallet";

const ORIGIN = "http://localhost:3000";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

const cookiesOf = (response: Response): string[] => response.headers.getSetCookie();
const jar = (response: Response): string =>
  cookiesOf(response)
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");

/** What the sign-in page does: a CSRF token from Auth.js, then the proof. */
async function signInByBrowser(
  wallet: TestWallet,
  options: { origin?: string; cookie?: string; spoil?: boolean; isTestWallet?: unknown } = {},
) {
  const ipAddress = freshIpAddress();
  const csrf = await handleAuthRequest(apiRequest("GET", "/api/auth/csrf", { ipAddress }));
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const proof = await answerChallenge(runtime, wallet);
  return handleAuthRequest(
    apiRequest("POST", "/api/auth/callback/wallet", {
      ipAddress,
      cookie: [jar(csrf), options.cookie].filter(Boolean).join("; "),
      json: {
        ...proof,
        ...("isTestWallet" in options ? { isTestWallet: options.isTestWallet } : {}),
        ...(options.spoil ? { nonce: "0".repeat(32) } : {}),
        csrfToken,
        callbackUrl: "/app",
      },
      headers: { origin: options.origin ?? ORIGIN, "x-auth-return-redirect": "1" },
    }),
  );
}

async function sessionCookie(wallet: TestWallet): Promise<string> {
  const response = await signInByBrowser(wallet);
  const cookie = cookiesOf(response).find((one) => one.startsWith("omniphi-session-3000="));
  expect(cookie).toBeDefined();
  return cookie?.split(";", 1)[0] ?? "";
}

const isTestAddress = async ({ address }: TestWallet) => isTestWallet(await runtime.ctx(), { address });
const verify = (cookie: string) => callApi("GET", "/api/v1/auth/verify", { cookie });

describe("what the browser says of its wallet", () => {
  it.each([
    [true, true],
    ["true", true],
    [false, false],
    ["false", false],
  ])("%j is kept for good", async (isTestWallet, expected) => {
    const wallet = await createTestWallet();
    expect((await signInByBrowser(wallet, { isTestWallet })).status).toBe(200);
    expect(await isTestAddress(wallet)).toBe(expected);
  });

  it.each(["yes", 1, null, {}])("%j is no answer, and nobody is signed in", async (isTestWallet) => {
    const wallet = await createTestWallet();
    const response = await signInByBrowser(wallet, { isTestWallet });
    expect(await response.json()).toMatchObject({ url: expect.stringContaining("code=kernel.invalid_input") });
    expect(cookiesOf(response).find((one) => one.startsWith("omniphi-session-3000="))).toBeUndefined();
  });
});

describe("a browser's session", () => {
  it("is one opaque token in an HttpOnly, SameSite=Lax cookie, and nothing else is believed", async () => {
    const wallet = await createTestWallet();
    const response = await signInByBrowser(wallet);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ url: `${ORIGIN}/app` });
    const cookie = cookiesOf(response).find((one) => one.startsWith("omniphi-session-3000=")) ?? "";
    expect(cookie).toMatch(/^omniphi-session-3000=omnis_[0-9A-Za-z]{39};/);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    const me = await verify(cookie.split(";", 1)[0] ?? "");
    expect(me.body).toMatchObject({ actor: "user", walletAddress: wallet.address });
  });

  it("has the __Host- prefix and Secure on https", async () => {
    const { sessionCookieName, sessionCookieOptions, clearedSessionCookie } = await import(
      "@/server/auth/session-cookie"
    );
    const url = "https://cloud.omniphi.test";
    expect(sessionCookieName(url)).toBe("__Host-omniphi-session");
    // Cookies know no ports: two copies on one machine must not take each other's.
    expect(sessionCookieName("http://localhost:3001")).not.toBe(sessionCookieName("http://localhost:3002"));
    expect(sessionCookieOptions(url)).toMatchObject({ secure: true, httpOnly: true, sameSite: "lax", path: "/" });
    expect(clearedSessionCookie(url)).toMatch(
      /^__Host-omniphi-session=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it("does not begin with a proof that is wrong", async () => {
    const response = await signInByBrowser(await createTestWallet(), { spoil: true });
    expect(cookiesOf(response).some((one) => one.startsWith("omniphi-session-3000=omnis"))).toBe(false);
    const { url } = (await response.json()) as { url: string };
    expect(new URL(url).searchParams.get("code")).toBe("auth.sign_in_refused");
  });

  it("does not begin on another site's request, nor with a form", async () => {
    const foreign = await signInByBrowser(await createTestWallet(), { origin: "https://evil.test" });
    expect(foreign.status).toBe(403);
    const form = await handleAuthRequest(
      apiRequest("POST", "/api/auth/callback/wallet", {
        body: "walletAddress=x",
        headers: { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" },
      }),
    );
    expect(form.status).toBe(415);
  });

  it("does not send the person to another site afterwards", async () => {
    const { authJsConfig } = await import("@/server/auth/auth-js");
    const redirect = authJsConfig(runtime, apiRequest("GET", "/api/auth/csrf")).callbacks?.redirect;
    const to = (url: string) => redirect?.({ url, baseUrl: ORIGIN });
    expect(await to("/app?x=1")).toBe(`${ORIGIN}/app?x=1`);
    for (const url of [
      "https://evil.test",
      "//evil.test",
      "/\\evil.test",
      "https://localhost:3000.evil.test",
      "javascript:alert(1)",
    ]) {
      expect(new URL((await to(url)) ?? "").origin).toBe(ORIGIN);
    }
  });

  it("ends with the next request when it is signed out, and the cookie is cleared", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    const out = await callApi("DELETE", "/api/v1/auth/session", { cookie, headers: { origin: ORIGIN } });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()).toEqual([expect.stringMatching(/^omniphi-session-3000=; .*Max-Age=0/)]);
    expect((await verify(cookie)).status).toBe(401);
  });

  it("ends through Auth.js's own sign-out too", async () => {
    const ipAddress = freshIpAddress();
    const cookie = await sessionCookie(await createTestWallet());
    const csrf = await handleAuthRequest(apiRequest("GET", "/api/auth/csrf", { ipAddress }));
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    await handleAuthRequest(
      apiRequest("POST", "/api/auth/signout", {
        ipAddress,
        cookie: `${jar(csrf)}; ${cookie}`,
        json: { csrfToken },
        headers: { origin: ORIGIN, "x-auth-return-redirect": "1" },
      }),
    );
    expect((await verify(cookie)).status).toBe(401);
  });

  it("replaces the session that the browser had before", async () => {
    const wallet = await createTestWallet();
    const first = await sessionCookie(wallet);
    await signInByBrowser(wallet, { cookie: first });
    expect((await verify(first)).status).toBe(401);
    const [row] = await runtime.db.select().from(auditEvents).where(eq(auditEvents.action, "identity.session.revoked"));
    expect(row).toBeDefined();
  });

  it("ends everywhere else when the person says so, at once", async () => {
    const wallet = await createTestWallet();
    const [here, elsewhere] = [await sessionCookie(wallet), await sessionCookie(wallet)];
    const response = await trpc("identity.revokeOtherSessions", {}, { cookie: here });
    expect(response.status).toBe(200);
    expect([(await verify(here)).status, (await verify(elsewhere)).status]).toEqual([200, 401]);
  });

  it("is over after a week without a request", async () => {
    const wallet = await createTestWallet();
    const cookie = await sessionCookie(wallet);
    await runtime.db
      .update(sessions)
      .set({ lastSeenAt: new Date(Date.now() - 8 * 86_400_000) })
      .where(and(eq(sessions.walletAddress, wallet.address), isNull(sessions.revokedAt)));
    expect((await verify(cookie)).status).toBe(401);
  });

  it("is nobody when the cookie comes twice or a bearer token stands in it", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    expect((await verify(`${cookie}; ${cookie}`)).status).toBe(401);
  });

  it("is not used in place of a bearer that is wrong", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    const answer = await callApi("GET", "/api/v1/auth/verify", { cookie, bearer: "omni_wrong" });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe("auth.credential_invalid");
  });
});

function trpc(
  path: string,
  input: unknown,
  call: { cookie?: string; headers?: Record<string, string>; method?: string } = {},
) {
  const headers = { origin: ORIGIN, ...call.headers };
  return handleTrpcRequest(
    apiRequest(call.method ?? "POST", `/api/trpc/${path}`, {
      json: input,
      headers,
      ...(call.cookie ? { cookie: call.cookie } : {}),
    }),
  );
}

describe("Auth.js", () => {
  it.each([
    ["GET", "/api/auth/signin", 404],
    ["GET", "/api/auth/signin/wallet", 404],
    ["GET", "/api/auth/signout", 405],
    ["GET", "/api/auth/error", 404],
    ["GET", "/api/auth/verify-request", 404],
    ["GET", "/api/auth/providers", 404],
    ["GET", "/api/auth/session", 404],
    ["GET", "/api/auth/callback/wallet", 405],
    ["POST", "/api/auth/signin/wallet", 404],
    ["POST", "/api/auth/webauthn-options", 404],
    ["GET", "/api/auth/__proto__", 404],
    ["PUT", "/api/auth/csrf", 405],
  ])("has no page or address of its own here: %s %s", async (method, path, status) => {
    const headers = { origin: ORIGIN };
    const answer = await handleAuthRequest(
      apiRequest(method, path, { headers, ...(method === "POST" ? { json: {} } : {}) }),
    );
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("answers with our headers where it does answer, and reads cookies that are none", async () => {
    const cookie = "authjs.csrf-token=%zz|%ff; =; ;; __proto__=1; omniphi-session-3000=%";
    const answer = await handleAuthRequest(apiRequest("GET", "/api/auth/csrf", { cookie }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("cache-control")).toContain("no-store");
  });

  it("gets no body that is not UTF-8, and no request after its time", async () => {
    const body = Buffer.from('{"csrfToken":"\xff"}', "latin1");
    const headers = { origin: ORIGIN, "content-type": "application/json" };
    const answer = await handleAuthRequest(apiRequest("POST", "/api/auth/callback/wallet", { body, headers }));
    expect([answer.status, (await answer.json()).code]).toEqual([400, "http.body_not_utf8"]);
  });
});

describe("requests that other sites make a browser send (ASVS 3.5)", () => {
  const hostile: [string, Record<string, string>][] = [
    ["another origin", { origin: "https://evil.test" }],
    ["an opaque origin", { origin: "null" }],
    ["a sibling port", { origin: "http://localhost:3001" }],
    ["https instead of http", { origin: "https://localhost:3000" }],
    ["a name that only begins like ours", { origin: "http://localhost:3000.evil.test" }],
    ["our origin, but fetched cross-site", { origin: ORIGIN, "sec-fetch-site": "cross-site" }],
    ["our origin, but fetched from a sibling host", { origin: ORIGIN, "sec-fetch-site": "same-site" }],
    ["no origin at all", {}],
  ];
  it.each(hostile)("are refused by REST with %s", async (_name, headers) => {
    const cookie = await sessionCookie(await createTestWallet());
    for (const [method, path] of [
      ["DELETE", "/api/v1/auth/session"],
      ["POST", "/api/v1/api-tokens"],
    ] as const) {
      const answer = await callApi(method, path, {
        cookie,
        headers,
        ...(method === "POST" ? { json: { name: "x", scopes: ["chain:read"] } } : {}),
      });
      expect([answer.status, answer.body?.code]).toEqual([403, "auth.cross_origin"]);
    }
    expect((await verify(cookie)).status).toBe(200);
  });

  it.each(hostile.filter(([, headers]) => "origin" in headers))(
    "are refused by tRPC with %s",
    async (_name, headers) => {
      const cookie = await sessionCookie(await createTestWallet());
      const response = await trpc("identity.signOut", {}, { cookie, headers });
      expect(response.status).toBe(403);
      expect((await response.json()).error.data.appError).toMatchObject({
        kind: "forbidden",
        code: "auth.cross_origin",
      });
      expect((await verify(cookie)).status).toBe(200);
    },
  );

  it("leave a trace with the person whose browser was made to send them", async () => {
    const wallet = await createTestWallet();
    const cookie = await sessionCookie(wallet);
    const userId = (await verify(cookie)).body.user.id;
    await callApi("DELETE", "/api/v1/auth/session", { cookie, headers: { origin: "https://evil.test" } });
    const rows = await runtime.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.action, "identity.access.refused"), eq(auditEvents.actor, `user:${userId}`)));
    expect(rows.map(({ details }) => details)).toMatchObject([
      { operation: "DELETE /api/v1/auth/session", code: "auth.cross_origin" },
    ]);
  });

  it("are refused when they are not JSON, whatever they say", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const body = JSON.stringify({ name: "x", scopes: ["chain:read"] });
      const answer = await callApi("POST", "/api/v1/api-tokens", {
        cookie,
        body,
        headers: { origin: ORIGIN, "content-type": type },
      });
      expect([answer.status, answer.body.code]).toEqual([415, "http.unsupported_media_type"]);
    }
  });

  it("change nothing by GET", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    const response = await handleTrpcRequest(apiRequest("GET", "/api/trpc/identity.signOut", { cookie }));
    expect(response.status).toBe(405);
    expect((await verify(cookie)).status).toBe(200);
  });

  it("are of no use with a bearer, which no browser adds by itself", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    const created = await callApi("POST", "/api/v1/api-tokens", {
      cookie,
      json: { name: "x", scopes: ["identity:read"] },
      headers: { origin: "http://127.0.0.1:3000" },
    });
    expect(created.status).toBe(201);
    const answer = await callApi("GET", "/api/v1/api-tokens", {
      bearer: created.body.token,
      headers: { origin: "https://partner.test" },
    });
    expect(answer.status).toBe(200);
  });
});

describe("tRPC", () => {
  it("tells our errors by kind and code, with messages by field and the request's id", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    const response = await trpc("identity.createApiToken", { name: "", scopes: [] }, { cookie });
    expect(response.status).toBe(400);
    const { error } = await response.json();
    expect(error.data.appError).toMatchObject({ kind: "invalid", code: "kernel.invalid_input" });
    expect(error.data.appError.requestId).toBe(response.headers.get("x-request-id"));
    expect(Object.keys(error.data.fieldErrors).sort()).toEqual(["name", "scopes"]);
    expect(JSON.stringify(error)).not.toContain("stack");
  });

  it("answers 401 to nobody and says who somebody is", async () => {
    const nobody = await trpc("identity.listSessions", undefined, { method: "GET" });
    expect(nobody.status).toBe(401);
    expect((await nobody.json()).error.data.appError.code).toBe("auth.session_missing");
    const wallet = await createTestWallet();
    const cookie = await sessionCookie(wallet);
    const me = await handleTrpcRequest(apiRequest("GET", "/api/trpc/identity.me", { cookie }));
    expect((await me.json()).result.data).toMatchObject({ walletAddress: wallet.address });
  });

  // Of a procedure that anybody may call: who may not is told so before a body is read.
  it.each([
    ["PUT", "/api/trpc/identity.me", {}, 405, "http.method_not_allowed"],
    [
      "POST",
      "/api/trpc/identity.challenge",
      { body: Buffer.from('{"a":"\xff"}', "latin1") },
      400,
      "http.body_not_utf8",
    ],
    ["POST", "/api/trpc/identity.challenge", { body: `{"a":"${"x".repeat(2_000_000)}"}` }, 413, "http.body_too_large"],
    ["POST", "/api/trpc/identity.challenge", { body: '{"__proto__":{}}' }, 400, "kernel.invalid_input"],
    ["GET", "/api/trpc/identity.me?input=%7B%22__proto__%22%3A1%7D", {}, 400, "kernel.invalid_input"],
    ["GET", "/api/trpc/identity.me?input=%7B%7D&input=%7B%7D", {}, 400, "kernel.invalid_input"],
    ["GET", "/api/trpc/identity.me?input=%ff", {}, 400, "http.query_not_utf8"],
  ])("tells in its own shape that it refuses %s %s", async (method, path, call, status, code) => {
    const headers = { origin: ORIGIN, ...("body" in call ? { "content-type": "application/json" } : {}) };
    const answer = await handleTrpcRequest(apiRequest(method, path, { ...call, headers }));
    const text = await answer.text();
    expect([answer.status, JSON.parse(text).error.data.appError.code]).toEqual([status, code]);
    expect(text.length).toBeLessThan(2_000);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("repeats no more of a call's name than any name of ours is long", async () => {
    const answer = await handleTrpcRequest(apiRequest("GET", `/api/trpc/${"x".repeat(9_000)}`));
    expect(answer.status).toBe(404);
    expect((await answer.text()).length).toBeLessThan(2_000);
  });

  it("takes one call for each request, so that each draws from the limits", async () => {
    const ask = (query: string) =>
      handleTrpcRequest(apiRequest("GET", `/api/trpc/identity.me,identity.me?${query}input=%7B%7D`));
    for (const query of ["batch=1&", "batch=1&batch=0&"]) {
      const refused = await ask(query);
      expect(refused.status).toBe(400);
      expect(await refused.text()).toContain("http.batch_refused");
    }
    // Whatever is no batch is one call, and none has a comma in its name.
    for (const query of ["", "batch=0&", "batch=0&batch=1&"]) expect((await ask(query)).status).toBe(404);
  });

  it("keeps operators' procedures from everybody else", async () => {
    const cookie = await sessionCookie(await createTestWallet());
    const response = await handleTrpcRequest(
      apiRequest("GET", `/api/trpc/identity.listPlatformAudit?input=${encodeURIComponent("{}")}`, { cookie }),
    );
    expect(response.status).toBe(403);
  });
});
