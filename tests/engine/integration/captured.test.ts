import { createHash } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "@/inngest/engine";
import { createEmptyDatabase, type TestDatabase } from "../../support/database";
import checkpoints from "../../support/engine/captured-checkpoints.json";
import events from "../../support/engine/captured-events.json";
import registration from "../../support/engine/captured-registration.json";
import { isOneOfParallel, type ReplayApp, startReplayApp } from "../../support/engine/replay-app";
import { testEventKey, testSigningKey } from "../../support/engine/test-app";
import { startTestEngine } from "../../support/engine/test-engine";
import { until } from "../../support/engine/until";

/*
 * The embedded engine only: it is put in the place of the real server of the capture. It is told of the same functions and sent the same events,
 * the app answers as the captured one did, and every call of it must be the captured call.
 */
const hashedKey = createHash("sha256")
  .update(Buffer.from(testSigningKey.replace("signkey-prod-", ""), "hex"))
  .digest("hex");
const authorization = `Bearer signkey-prod-${hashedKey}`;

let database: TestDatabase;
let sql: Sql;
let engine: Engine;
let app: ReplayApp;

async function post(path: string, body: unknown): Promise<number> {
  const response = await fetch(`${engine.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: JSON.stringify(body),
  });
  return response.status;
}

beforeAll(async () => {
  database = await createEmptyDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  engine = await startTestEngine(database.url);
  app = await startReplayApp(() => engine.url, authorization);
  // The schedule would tick in the middle, which the capture does not show.
  const functions = registration.functions.filter((config) => config.id !== "capture-cron");
  const here = JSON.stringify({ ...registration, functions }).replaceAll("http://app/api/inngest", app.url);
  expect(await post("/fn/register", JSON.parse(here))).toBe(200);
});
afterAll(async () => {
  await engine.stop();
  await app.stop();
  await sql.end();
  await database.drop();
});

const nameOf = (request: unknown): string =>
  String(Reflect.get(Array.isArray(request) ? request[0] : (request as object), "name"));

async function play(): Promise<void> {
  const inStep = async (status: string, event: string): Promise<void> => {
    await until(`a run of ${event} to be ${status}`, async () => {
      const rows = await sql`
        select 1 from inngest_engine.steps s join inngest_engine.runs r on r.id = s.run_id
        where s.status = ${status} and r.event_name = ${event}`;
      return rows.length > 0 ? true : undefined;
    });
  };
  // The capture sent these within the period of their debounce; one request leaves no time between them.
  const debounced = events.map((one) => one.request).filter((request) => nameOf(request) === "t/deb");
  for (const { request, status } of events) {
    if (debounced.indexOf(request) > 0) continue;
    if (nameOf(request) === "t/answer") await inStep("waiting", "t/wait");
    if (nameOf(request) === "t/stop") await inStep("sleeping", "t/cancel");
    expect(await post(`/e/${testEventKey}`, request === debounced[0] ? debounced : request)).toBe(status);
  }
  expect(debounced).toHaveLength(3);
  await until("the last run to end", async () => {
    const active = await sql`select 1 from inngest_engine.runs where ended_at is null`;
    return active.length === 0 && app.leftCount() === 0 ? true : undefined;
  });
}

/** A captured or sent request without what differs from one conversation to the next: ids, times, names of traces. */
function withoutAccidents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAccidents);
  if (typeof value === "string") return value.replaceAll(/\b01[0-9A-HJKMNP-TV-Z]{24}\b/g, "an id");
  if (typeof value === "number") return value > 1_600_000_000_000 ? "a time" : value;
  if (typeof value !== "object" || value === null) return value;
  const accidental = new Set(["job_id", "qi_id", "fn_id", "request_id", "_inngest", "user", "i"]);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !accidental.has(name))
      .map(([name, member]) => [
        name,
        name === "stack" && Array.isArray(member) ? [...member].sort() : withoutAccidents(member),
      ]),
  );
}

type Received = ReplayApp["received"][number];

/** A request for one of several parallel steps without those that had ended by then. */
function withoutSiblings(captured: Received["captured"], request: Received["request"]): object {
  if (!isOneOfParallel(new URL(captured.url, "http://app").searchParams.get("stepId"))) return request;
  const { stack: _stack, ...ctx } = request.ctx;
  const { steps: _steps, ...rest } = request;
  return { ...rest, ctx };
}

describe("the captured conversation", () => {
  it("is held again, call for call, with every checkpoint taken", async () => {
    await play();
    expect(app.unknown).toEqual([]);
    expect(app.received).toHaveLength(35);
    for (const { captured, request } of app.received) {
      expect(withoutAccidents(withoutSiblings(captured, request))).toEqual(
        withoutAccidents(withoutSiblings(captured, captured.request)),
      );
    }
    expect(app.checkpointStatuses).toEqual(checkpoints.map(() => 200));
  });

  it("ends as it did, each function as often as it did", async () => {
    const rows = await sql<{ function_id: string; status: string; count: number }[]>`
      select function_id, status, count(*)::integer as count from inngest_engine.runs group by 1, 2 order by 1`;
    const ends = rows.map((row) => [row.function_id.replace("capture-", ""), row.status, row.count]);
    expect(ends).toEqual([
      ["cancel", "cancelled", 1],
      ["catch", "completed", 1],
      ["conc", "completed", 3],
      ["deb", "completed", 1],
      ["fail", "failed", 1],
      ["fail-failure", "completed", 1],
      ["idem", "completed", 1],
      ["invoke", "completed", 1],
      ["invoked", "completed", 1],
      ["multi", "completed", 2],
      ["parallel", "completed", 1],
      ["prio", "completed", 3],
      ["rate", "completed", 1],
      ["retry", "completed", 1],
      ["send", "completed", 1],
      ["steps", "completed", 1],
      ["timeout", "cancelled", 1],
      ["wait", "completed", 1],
    ]);
  });
});
