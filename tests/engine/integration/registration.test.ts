import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { engineStatus } from "@/inngest/engine/operator";
import { openEngineBench } from "../../support/engine/bench";
import events from "../../support/engine/captured-events.json";
import registration from "../../support/engine/captured-registration.json";
import { startTestApp, testEventKey, testSigningKey } from "../../support/engine/test-app";
import { startTestEngine } from "../../support/engine/test-engine";
import { until } from "../../support/engine/until";
import { freePort } from "../../support/free-port";

const bench = await openEngineBench("registered");
afterAll(() => bench.close());
const { client, event, sql, engineUrl } = bench;

const hashedKey = createHash("sha256")
  .update(Buffer.from(testSigningKey.replace("signkey-prod-", ""), "hex"))
  .digest("hex");
const authorization = `Bearer signkey-prod-${hashedKey}`;

async function post(path: string, body: unknown, headers: Record<string, string> = { authorization }) {
  const response = await fetch(`${engineUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const functionIds = async () =>
  (await sql<{ id: string }[]>`select id from inngest_engine.functions where removed_at is null order by id`).map(
    (row) => row.id,
  );

describe("a registration", () => {
  it("that a real server took is taken, and known to be the same when it comes again", async () => {
    expect(await post("/fn/register", registration)).toEqual({ status: 200, body: { ok: true, modified: true } });
    expect(await post("/fn/register", registration)).toEqual({ status: 200, body: { ok: true, modified: false } });
    expect(await functionIds()).toEqual(registration.functions.map((config) => config.id).sort());
    await post("/fn/register", { ...registration, functions: [] });
    expect(await functionIds()).toEqual([]);
  });

  it.each([[{}], [{ authorization: "Bearer undefined" }], [{ authorization: `Bearer ${testSigningKey}` }]])(
    "with the headers %j is not authorized",
    async (headers) => {
      expect((await post("/fn/register", registration, headers)).status).toBe(401);
      expect((await post("/v1/checkpoint/01/async", {}, headers)).status).toBe(401);
    },
  );

  it("that asks for what the engine cannot do is refused whole, by name, and the former one stays", async () => {
    const works = client.createFunction({ id: "works", triggers: { event: event("x") } }, () => 1);
    const batches = client.createFunction(
      { id: "batches", batchEvents: { maxSize: 5, timeout: "1s" }, triggers: { event: event("x") } },
      () => 1,
    );
    const matches = client.createFunction(
      { id: "matches", triggers: { event: event("x"), if: "event.data.name.startsWith('a')" } },
      () => 1,
    );
    await bench.serve([works]);
    for (const [fn, reason] of [
      [batches, "the option batchEvents is not implemented"],
      [matches, "the function .startsWith() at position 16 is not implemented"],
    ] as const) {
      const app = await startTestApp(client, [works, fn]);
      const answer = await app.register();
      await app.stop();
      expect(answer.status).toBe(400);
      expect(answer.message).toContain(`Function "${fn.id(bench.appId)}" cannot run on the embedded engine`);
      expect(answer.message).toContain(reason);
      expect(await functionIds()).toEqual([`${bench.appId}-works`]);
      const { apps } = await engineStatus(sql);
      expect(apps.find((one) => one.id === bench.appId)?.refusal).toBe(answer.message);
    }
    await bench.serve([works]);
    const { apps } = await engineStatus(sql);
    expect(apps.find((one) => one.id === bench.appId)).toMatchObject({ refusal: null, functionCount: 1 });
  });
});

describe("the engine", () => {
  it("asks its apps to register, also when they start after it", async () => {
    const other = await openEngineBench("late");
    const late = other.client.createFunction({ id: "fn", triggers: { event: other.event("x") } }, () => 1);
    const appPort = await freePort();
    await other.stopEngine();
    const engine = await startTestEngine(other.databaseUrl, {
      port: Number(new URL(other.engineUrl).port),
      appUrls: [`http://127.0.0.1:${appPort}/api/inngest`],
    });
    const app = await startTestApp(other.client, [late], appPort);
    await until("the app to be registered", async () => {
      const { apps } = await engineStatus(other.sql);
      return apps.find((one) => one.url === app.url && one.functionCount === 1);
    });
    await engine.stop();
    await app.stop();
    await other.close();
  });

  it("takes no event under a wrong key, and no event that is not one", async () => {
    const name = event("x");
    expect((await post("/e/wrong-key", { name, data: {} }, {})).status).toBe(401);
    expect((await post(`/e/${testEventKey}`, "not json", {})).status).toBe(400);
    expect(await post(`/e/${testEventKey}`, { name: "inngest/function.failed", data: {} }, {})).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("reserved") },
    });
    expect(
      await post(
        `/e/${testEventKey}`,
        [
          { name, data: {} },
          { name: "", data: {} },
        ],
        {},
      ),
    ).toMatchObject({ status: 400 });
    expect(await sql`select 1 from inngest_engine.events where name = ${name}`).toHaveLength(0);
  });

  it("answers each captured request for events as the real server did, with the ids of its seed where it has one", async () => {
    const other = await openEngineBench("captured");
    for (const { seed, request, status, answer } of events) {
      const response = await fetch(`${other.engineUrl}/e/${testEventKey}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(seed === null ? {} : { "x-inngest-event-id-seed": seed }) },
        body: JSON.stringify(request),
      });
      const ids =
        seed === null ? answer.ids.map((id) => (id === "" ? "" : expect.stringMatching(/^[0-9A-Z]{26}$/))) : answer.ids;
      expect([response.status, await response.json()]).toEqual([status, { ...answer, ids }]);
    }
    await other.close();
  });

  it("gives the same ids to a request that the SDK sends again after its answer was lost", async () => {
    const seed = { "x-inngest-event-id-seed": `${Date.now()},sSEZR3aVfli3fQ==` };
    const events = [
      { name: event("seeded"), data: {} },
      { name: event("seeded"), data: {} },
    ];
    const first = await post(`/e/${testEventKey}`, events, seed);
    const again = await post(`/e/${testEventKey}`, events, seed);
    expect(again.body).toEqual(first.body);
    expect(await sql`select 1 from inngest_engine.events where name = ${event("seeded")}`).toHaveLength(2);
  });

  it("serves nothing else", async () => {
    expect((await post("/v1/signals", {})).status).toBe(404);
    expect((await post("/v1/checkpoint", {})).status).toBe(501);
    expect((await post("/v1/checkpoint/01NONE/async", { nothing: 1 })).status).toBe(400);
    expect((await post("/v1/checkpoint/01NONE/async", { qi_id: "x", steps: [] })).status).toBe(409);
  });
});
