import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sign } from "@/inngest/engine/protocol/signature";
import { PEER_HEADER } from "@/server/http/peer-address";

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
    LOG_LEVEL: "silent",
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

const now = () => Math.round(Date.now() / 1_000);
const signed = (body: string, key = SIGNING_KEY, unixSeconds = now()) => ({
  "x-inngest-signature": sign(body, key, unixSeconds),
});

type Call = { readonly headers?: Record<string, string>; readonly body?: BodyInit; readonly peer?: string };

/** A call as it reaches the route: from this machine, where the embedded engine runs, unless the test says otherwise. */
function call(method: "GET" | "POST" | "PUT", { headers = {}, body, peer = "127.0.0.1" }: Call): Promise<Response> {
  const query = method === "POST" ? "?fnId=omniphi-system.beat-jobs&stepId=step" : "";
  const url = `http://localhost:3999/api/inngest${query}`;
  const request = new Request(url, {
    method,
    headers: { "content-type": "application/json", host: "localhost:3999", [PEER_HEADER]: peer, ...headers },
    ...(body === undefined ? {} : { body, duplex: "half" }),
  } as RequestInit);
  return app[method](request);
}

describe("a request to register", () => {
  it.each([
    ["its Host", { host: "evil.test:99" }],
    ["its forwarded host", { "x-forwarded-host": "evil.test", "x-forwarded-proto": "http" }],
    ["a Host with a path of its own", { host: "http://evil.test/" }],
  ])("cannot have the jobs sent elsewhere by %s", async (_name, headers) => {
    const answer = await call("PUT", { headers: { ...signed("{}"), ...headers }, body: "{}" });
    expect(answer.status).toBe(200);
    expect(registered).toHaveLength(1);
    const [{ url, functions } = { url: "", functions: [] }] = registered;
    expect(url).toBe("http://127.0.0.1:3999/api/inngest");
    expect(functions.length).toBeGreaterThan(5);
    for (const { steps } of functions) expect(new URL(steps.step.runtime.url).origin).toBe("http://127.0.0.1:3999");
  });

  it("that nobody signed registers nothing, and is refused like all else, with the headers of every answer", async () => {
    const answer = await call("PUT", { body: "{}" });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ status: 401, code: "jobs.not_signed" });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(registered).toEqual([]);
  });
});

describe("a job's call", () => {
  const body = JSON.stringify({ event: { name: "x", data: {} }, events: [], steps: {}, ctx: { run_id: "1" } });
  it.each([
    ["no signature", () => ({})],
    ["an empty one", () => ({ "x-inngest-signature": "t=&s=" })],
    ["one by another key", () => signed(body, `signkey-prod-${randomBytes(16).toString("hex")}`)],
    ["one of another body", () => signed(`${body} `)],
    ["one of ten minutes ago", () => signed(body, SIGNING_KEY, now() - 600)],
  ])("with %s is refused", async (_name, headers) => {
    expect((await call("POST", { headers: headers(), body })).status).toBe(401);
    expect((await call("PUT", { headers: headers(), body })).status).toBe(401);
  });

  it.each(["203.0.113.9", "10.255.255.1", "2001:db8::9", ""])(
    "from %j is not taken while the engine is on this machine, signed or not",
    async (peer) => {
      const answer = await call("POST", { headers: signed(body), body, peer });
      expect([answer.status, (await answer.json()).code]).toEqual([403, "jobs.foreign_peer"]);
    },
  );

  it("through a proxy on this machine counts for where it came from", async () => {
    const headers = { ...signed("{}"), "x-forwarded-for": "127.0.0.1, 203.0.113.9" };
    expect((await call("PUT", { headers, body: "{}" })).status).toBe(403);
    expect(registered).toEqual([]);
  });

  it("tells nobody what functions there are", async () => {
    const answer = await call("GET", { headers: { "x-inngest-server-kind": "dev" } });
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain("omniphi-");
  });

  it("of endless length is read no further than any call may be long, and not at all without a signature", async () => {
    let sentBytes = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          sentBytes += 1_048_576;
          controller.enqueue(new Uint8Array(1_048_576).fill(0x5b));
        },
      });
    const wrong = { "x-inngest-signature": `t=${now()}&s=${"0".repeat(64)}` };
    expect((await call("POST", { headers: wrong, body: endless() })).status).toBe(413);
    expect(sentBytes).toBeLessThan(8 * 1_048_576);
    sentBytes = 0;
    expect((await call("POST", { body: endless() })).status).toBe(401);
    expect(sentBytes).toBeLessThan(2 * 1_048_576);
  });

  it("with a body that is no text, or no JSON, never reaches the log as it is", async () => {
    const lines: string[] = [];
    const spies = (["log", "warn", "error", "info", "debug"] as const).map((level) =>
      vi
        .spyOn(console, level)
        .mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" "))),
    );
    const hostile = "{\u001b[31m\nforged line\n";
    expect((await call("POST", { headers: signed(hostile), body: hostile })).status).toBe(400);
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const header = { "x-inngest-signature": sign(bytes, SIGNING_KEY, now()) };
    const answer = await call("POST", { headers: header, body: bytes });
    expect([answer.status, (await answer.json()).code]).toEqual([400, "http.body_not_utf8"]);
    for (const spy of spies) spy.mockRestore();
    for (const line of lines) {
      expect(line).not.toContain("\u001b");
      expect(line).not.toContain("forged line\n");
    }
  });
});
