import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sign } from "@/inngest/engine/protocol/signature";

/** What the app sent to its job server, which is this test. */
const registered: { url: string; functions: { id: string; steps: { step: { runtime: { url: string } } } }[] }[] = [];
const SIGNING_KEY = `signkey-prod-${randomBytes(16).toString("hex")}`;
let jobServer: Server;
let app: typeof import("@/app/api/inngest/route");

beforeAll(async () => {
  jobServer = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      registered.push(JSON.parse(body));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: true, modified: true, status: 200 }));
    });
  });
  await new Promise<void>((resolve) => jobServer.listen(0, "127.0.0.1", resolve));
  const address = jobServer.address();
  const secret = randomBytes(32).toString("hex");
  const settings = {
    HOST: "0.0.0.0",
    PORT: "3999",
    PUBLIC_URL: "https://cloud.omniphi.test",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    AUTH_SECRET: secret,
    METRICS_TOKEN: secret,
    SECRETS_KEK_BASE64: randomBytes(32).toString("base64"),
    INNGEST_BASE_URL: "",
    INNGEST_EVENT_KEY: randomBytes(16).toString("hex"),
    INNGEST_SIGNING_KEY: SIGNING_KEY,
    ENGINE_URL: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  app = await import("@/app/api/inngest/route");
});
beforeEach(() => {
  registered.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => jobServer.close(resolve));
});

function call(method: "GET" | "POST" | "PUT", headers: Record<string, string>, body?: string): Promise<Response> {
  const query = method === "POST" ? "?fnId=omniphi-system.relay-outbox&stepId=step" : "";
  const url = `http://localhost:3999/api/inngest${query}`;
  const request = new NextRequest(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return app[method](request, undefined);
}

describe("a request to register that nobody signed", () => {
  it.each([
    ["its Host", { host: "evil.test:99" }],
    ["its forwarded host", { host: "localhost:3999", "x-forwarded-host": "evil.test", "x-forwarded-proto": "http" }],
    ["a Host with a path of its own", { host: "http://evil.test/" }],
  ])("cannot have the jobs sent elsewhere by %s", async (_name, headers) => {
    const answer = await call("PUT", { "content-type": "application/json", ...headers }, "{}");
    expect(answer.status).toBe(200);
    expect(registered).toHaveLength(1);
    const [{ url, functions } = { url: "", functions: [] }] = registered;
    expect(url).toBe("http://127.0.0.1:3999/api/inngest");
    expect(functions.length).toBeGreaterThan(5);
    for (const { steps } of functions) expect(new URL(steps.step.runtime.url).origin).toBe("http://127.0.0.1:3999");
  });
});

describe("a job's call", () => {
  const body = JSON.stringify({ event: { name: "x", data: {} }, events: [], steps: {}, ctx: { run_id: "1" } });
  const now = () => Math.round(Date.now() / 1_000);
  it.each([
    ["no signature", () => undefined],
    ["an empty one", () => "t=&s="],
    ["one by another key", () => sign(body, `signkey-prod-${randomBytes(16).toString("hex")}`, now())],
    ["one of another body", () => sign(`${body} `, SIGNING_KEY, now())],
    ["one of ten minutes ago", () => sign(body, SIGNING_KEY, now() - 600)],
  ])("with %s is refused", async (_name, signature) => {
    const signed = signature();
    const headers = { "content-type": "application/json", host: "localhost:3999" };
    const answer = await call(
      "POST",
      signed === undefined ? headers : { ...headers, "x-inngest-signature": signed },
      body,
    );
    expect(answer.status).toBe(401);
  });

  it("tells nobody what functions there are", async () => {
    const answer = await call("GET", { host: "localhost:3999", "x-inngest-server-kind": "dev" });
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain("omniphi");
  });
});
