import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handleHealthRequest } from "@/server/http/health/handle-health-request";
import { handleTrpcRequest } from "@/server/trpc/handle-trpc-request";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createFakeNodeHost } from "../../support/fakes/node-host";
import { apiRequest, callApi } from "../../support/http-client";
import { createTcpProxy, type TcpProxy } from "../../support/tcp-proxy";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let proxy: TcpProxy;
let person: SignedInPerson;
const host = createFakeNodeHost({ stateFile: "/nonexistent/omniphi/host.json" });

beforeAll(async () => {
  runtime = await createTestRuntime({
    throughProxy: async (target) => {
      proxy = await createTcpProxy(target);
      return proxy.port;
    },
    ports: { nodeHosts: { process: host, docker: host } },
  });
  person = await createPerson(runtime);
});
afterAll(async () => {
  await proxy.pass();
  await runtime.close();
  await proxy.close();
});
beforeEach(async () => {
  await proxy.pass();
  await recoveredWithin(15_000);
});

const asPerson = () => callApi("GET", "/api/v1/api-tokens", { bearer: person.accessToken });

/** Asks until the API answers again; milliseconds that took. */
async function recoveredWithin(limitMs: number): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { status } = await asPerson();
    const tookMs = performance.now() - startedAt;
    if (status === 200) return tookMs;
    if (tookMs > limitMs) throw new Error(`still ${status} after ${Math.round(tookMs)} ms`);
  }
}

async function everyDoorIsShut(): Promise<void> {
  const answers = await Promise.all([
    asPerson(),
    callApi("GET", "/api/v1/regions"),
    callApi("POST", "/api/v1/api-tokens", { bearer: person.accessToken, json: { name: "x", scopes: ["chain:read"] } }),
    callApi("POST", "/api/v1/auth/token/refresh", { json: { refreshToken: person.refreshToken } }),
    callApi("GET", `/api/v1/auth/challenge/${person.wallet.address}`),
  ]);
  for (const answer of answers) {
    expect([answer.status, answer.body.code]).toEqual([503, "kernel.database_unavailable"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|select|127\.0\.0\.1/i);
  }
  const trpc = await handleTrpcRequest(
    apiRequest("GET", "/api/trpc/identity.listSessions", { bearer: person.accessToken }),
  );
  expect(trpc.status).toBe(503);
  expect((await trpc.json()).error.data.appError).toMatchObject({ code: "kernel.database_unavailable" });
}

async function healthOfDatabase() {
  const response = await handleHealthRequest(apiRequest("GET", "/api/health"));
  const { components } = (await response.json()) as { components: { name: string; status: string }[] };
  return { status: response.status, of: components.find((component) => component.name === "database")?.status };
}

describe("without the database (fault 56)", () => {
  it("nobody is let in and nothing is served, and all is well again within ten seconds", async () => {
    await proxy.refuse();
    await everyDoorIsShut();
    expect(await healthOfDatabase()).toEqual({ status: 503, of: "down" });
    await proxy.pass();
    expect(await recoveredWithin(10_000)).toBeLessThan(10_000);
  });

  it("a request in the middle is told so, and its change is whole or not there", async () => {
    const before = (await callApi("GET", "/api/v1/api-tokens?limit=100", { bearer: person.accessToken })).body.items
      .length;
    proxy.delay(20);
    const name = "cut";
    const cut = callApi("POST", "/api/v1/api-tokens", {
      bearer: person.accessToken,
      json: { name, scopes: ["chain:read"] },
    });
    await new Promise((resolve) => setImmediate(resolve));
    await proxy.refuse();
    expect((await cut).status).toBe(503);
    await proxy.pass();
    await recoveredWithin(10_000);
    const { items } = (await callApi("GET", "/api/v1/api-tokens?limit=100", { bearer: person.accessToken })).body;
    expect(items).toHaveLength(before);
  });

  it("connections that went dead without a word are given up within ten seconds", async () => {
    // Fill the pool, so that every connection there is goes dead.
    await Promise.all(Array.from({ length: 20 }, () => asPerson()));
    proxy.swallow({ newToo: false });
    const startedAt = performance.now();
    const stuck = Array.from({ length: 12 }, () => asPerson());
    const tookMs = await recoveredWithin(10_000);
    expect(tookMs).toBeLessThan(10_000);
    for (const answer of await Promise.all(stuck)) expect([200, 503]).toContain(answer.status);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  it("a server that takes connections and says nothing is down, not awaited for ever", async () => {
    proxy.swallow({ newToo: true });
    const answer = await asPerson();
    expect([answer.status, answer.body.code]).toEqual([503, "kernel.database_unavailable"]);
    await proxy.pass();
    expect(await recoveredWithin(10_000)).toBeLessThan(10_000);
  });

  it("a slow one is served late or refused, never wrongly", async () => {
    proxy.delay(300);
    const answer = await asPerson();
    expect(answer.status).toBe(200);
    expect((await healthOfDatabase()).of).toBe("degraded");
  });
});
