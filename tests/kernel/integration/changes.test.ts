import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import { uuidv7 } from "@/server/kernel/ids";
import {
  addAround,
  changeScratch,
  changeTelemetry,
  changeTwo,
  changeUnaudited,
  createScratchTable,
  scratchIds,
} from "../../support/scratch-verbs";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const organizationId = "org_scratch";
const internal = { kind: "internal" };

let runtime: TestRuntime;
/** Audit rows that were there before the test; they are never deleted. */
let before: number;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await createScratchTable(runtime.db);
});
afterAll(() => runtime.close());
beforeEach(async () => {
  await runtime.db.execute(sql`truncate scratch, outbox_events`);
  before = (await auditRows()).length;
});

const ctx = () => runtime.ctx({ organizationId });
const auditRows = () => runtime.db.select().from(auditEvents).orderBy(auditEvents.sequence);
const written = async () => ({
  rows: await scratchIds(runtime.db),
  events: (await runtime.db.select().from(outboxEvents)).length,
  audits: (await auditRows()).slice(before).map(({ action }) => action),
});
const nothing = { rows: [], events: 0, audits: [] };

describe("a change", () => {
  it("commits row, event and audit row together, in the name of whoever called", async () => {
    const actor = { kind: "apiToken", apiTokenId: "tok_x", userId: "usr_x", scopes: [] } as const;
    await changeScratch(await runtime.ctx({ actor, organizationId }), { id: "a" });
    expect(await written()).toEqual({ rows: ["a"], events: 1, audits: ["scratch.row.changed"] });
    expect((await auditRows()).at(-1)).toMatchObject({ actor: "apiToken:tok_x", organizationId, targetId: "a" });
  });

  it("takes all of them back when it fails, and hides why from the caller", async () => {
    const failure = await changeScratch(await ctx(), { id: "a", failAfter: true }).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject(internal);
    expect(String(failure)).not.toContain("told to fail");
    expect(await written()).toEqual(nothing);
  });

  it("is not committed without an audit entry", async () => {
    await expect(changeUnaudited(await ctx(), { id: "a" })).rejects.toMatchObject(internal);
    expect(await written()).toEqual(nothing);
  });

  it("that is telemetry owes no audit entry, and may make none", async () => {
    await changeTelemetry(await ctx(), { id: "a", audits: false });
    expect(await written()).toEqual({ ...nothing, rows: ["a"] });
    await expect(changeTelemetry(await ctx(), { id: "b", audits: true })).rejects.toMatchObject(internal);
    expect(await written()).toEqual({ ...nothing, rows: ["a"] });
  });
});

describe("a change in a command", () => {
  const around = async (inner: { kind?: "unaudited" | "audited"; failAfter?: boolean }, failAfter = false) =>
    addAround(await ctx(), {
      id: "outer",
      inner: { id: "inner", kind: "audited", failAfter: false, ...inner },
      failAfter,
    });

  it("is committed with it", async () => {
    expect(await around({})).toEqual({ isDone: true });
    const audits = ["scratch.outer.added", "scratch.row.changed"];
    expect(await written()).toEqual({ rows: ["inner", "outer"], events: 1, audits });
  });

  it("is a savepoint: when it fails it takes back its own and no more", async () => {
    expect(await around({ failAfter: true })).toEqual({ isDone: false });
    expect(await written()).toEqual({ rows: ["outer"], events: 0, audits: ["scratch.outer.added"] });
  });

  it("goes when the command goes, though it was done", async () => {
    await expect(around({}, true)).rejects.toMatchObject(internal);
    expect(await written()).toEqual(nothing);
  });

  it("owes an audit entry of its own: the command's does not count for it", async () => {
    expect(await around({ kind: "unaudited" })).toEqual({ isDone: false });
    expect(await written()).toEqual({ rows: ["outer"], events: 0, audits: ["scratch.outer.added"] });
  });
});

describe("a change in a flow with an Idempotency-Key", () => {
  it("is a part of it, done once, and answers a repetition as it did", async () => {
    const idempotency = { key: uuidv7(), requestHash: "same" };
    const call = async (between: () => Promise<string>, at: string) =>
      changeTwo(
        { ...(await runtime.ctx({ organizationId, now: () => new Date(at) })), ports: { between }, idempotency },
        { first: "a", second: "b" },
      );
    const failing = () => Promise.reject(new Error("told to fail"));
    await expect(call(failing, "2026-01-01T00:00:00.000Z")).rejects.toMatchObject(internal);
    expect(await written()).toEqual({ rows: ["a"], events: 1, audits: ["scratch.row.changed"] });
    const answer = await call(async () => "said", "2026-01-02T00:00:00.000Z");
    expect(answer).toEqual({
      first: { id: "a", madeAt: "2026-01-01T00:00:00.000Z" },
      second: { id: "b", madeAt: "2026-01-02T00:00:00.000Z" },
    });
    expect(await call(failing, "2026-01-03T00:00:00.000Z")).toEqual(answer);
    const audits = ["scratch.row.changed", "scratch.row.changed"];
    expect(await written()).toEqual({ rows: ["a", "b"], events: 2, audits });
  });

  it("is done anew under another key, and without one", async () => {
    const between = async () => "said";
    const own = await ctx();
    const ids = [uuidv7(), uuidv7(), uuidv7(), uuidv7()].sort();
    const [a = "", b = "", c = "", d = ""] = ids;
    const idempotency = { key: uuidv7(), requestHash: "same" };
    await changeTwo({ ...own, ports: { between }, idempotency }, { first: a, second: b });
    await changeTwo({ ...own, ports: { between } }, { first: c, second: d });
    expect((await written()).rows).toEqual(ids);
  });
});
