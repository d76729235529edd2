import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

type Registered = { url: string; functions: { id: string; steps: { step: { runtime: { url: string } } } }[] };

/** What the app told its job server, which is this test, and under which key. */
const told: { body: Registered; authorization: string | undefined }[] = [];
let jobServer: Server;
let status = 200;
let registerFunctions: () => Promise<string | null>;

beforeAll(async () => {
  jobServer = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      told.push({ body: JSON.parse(body), authorization: request.headers.authorization });
      response.statusCode = status;
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify(status === 200 ? { ok: true, modified: true } : { error: "the key is wrong", status }),
      );
    });
  });
  await new Promise<void>((resolve) => jobServer.listen(0, "127.0.0.1", resolve));
  const address = jobServer.address();
  const secret = randomBytes(32).toString("hex");
  const settings = {
    PUBLIC_URL: "https://cloud.omniphi.test",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    AUTH_SECRET: secret,
    METRICS_TOKEN: secret,
    SECRETS_KEK_BASE64: randomBytes(32).toString("base64"),
    INNGEST_BASE_URL: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`,
    INNGEST_EVENT_KEY: randomBytes(16).toString("hex"),
    // Bare, as Inngest's documents make one.
    INNGEST_SIGNING_KEY: randomBytes(32).toString("hex"),
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  ({ registerFunctions } = await import("@/inngest/register-functions"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((resolve) => jobServer.close(resolve));
});

it("tells a real server of every function, at the public address, with the hash of its key", async () => {
  expect(await registerFunctions()).toBeNull();
  const [{ body, authorization } = { body: undefined, authorization: undefined }] = told;
  expect(body?.url).toBe("https://cloud.omniphi.test/api/inngest");
  expect(body?.functions.length).toBeGreaterThan(5);
  for (const { steps } of body?.functions ?? []) {
    expect(new URL(steps.step.runtime.url).origin).toBe("https://cloud.omniphi.test");
  }
  expect(body?.functions.map(({ id }) => id)).toContain("omniphi-system.beat-jobs");
  expect(authorization).toMatch(/^Bearer [0-9a-f]{64}$/);
});

it("says why it was not taken", async () => {
  status = 401;
  expect(await registerFunctions()).toContain("the key is wrong");
});
