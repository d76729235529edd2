import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents, auditHeads, outboxEvents } from "@/db/schema/system";
import type { Actor } from "@/server/kernel/context";
import { OUTBOX_CHANNEL } from "@/server/kernel/outbox";
import { eventually } from "../../support/eventually";
import {
  addMisnamed,
  addOuter,
  addScratch,
  addTelemetry,
  addUnaudited,
  countScratch,
  createScratchTable,
  scratchIds,
  touchBoth,
} from "../../support/scratch-verbs";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await createScratchTable(runtime.db);
});
afterAll(() => runtime.close());
beforeEach(async () => {
  await runtime.db.execute(sql`drop trigger if exists scratch_fails on scratch`);
  await runtime.db.execute(sql`truncate scratch`);
  await runtime.db.execute(sql`truncate outbox_events`);
});

const organizationId = "org_scratch";
const ctx = () => runtime.ctx({ organizationId });
const counts = async () => ({
  rows: (await scratchIds(runtime.db)).length,
  events: (await runtime.db.select().from(outboxEvents)).length,
  audits: (await runtime.db.select().from(auditEvents)).filter((row) => row.action.startsWith("scratch.")).length,
});

/** Fails every insert whose number `nextval` divides by `every`, with the given SQLSTATE; the sequence survives a rollback. */
async function failEvery(every: number, sqlState: string): Promise<void> {
  await runtime.db.execute(sql`create sequence if not exists scratch_tries`);
  await runtime.db.execute(sql`alter sequence scratch_tries restart`);
  await runtime.db.execute(
    sql.raw(`create or replace function scratch_fail() returns trigger language plpgsql as $$
      begin
        if nextval('scratch_tries') % ${every} = 0 then raise exception using errcode = '${sqlState}', message = 'injected'; end if;
        return new;
      end $$`),
  );
  await runtime.db.execute(
    sql`create trigger scratch_fails before insert on scratch for each row execute function scratch_fail()`,
  );
}

describe("a command's transaction", () => {
  it("commits row, event and audit row together", async () => {
    const before = await counts();
    await addScratch(await ctx(), { id: "a" });
    const after = await counts();
    expect(after).toEqual({ rows: 1, events: 1, audits: before.audits + 1 });
  });

  it("takes row, event and audit row back together when it fails", async () => {
    const before = await counts();
    const head = await runtime.db.select().from(auditHeads);
    await expect(addScratch(await ctx(), { id: "a", failAfter: true })).rejects.toMatchObject({ kind: "internal" });
    expect(await counts()).toEqual({ rows: 0, events: 0, audits: before.audits });
    expect(await runtime.db.select().from(auditHeads)).toEqual(head);
  });

  it("hides what was not foreseen from the caller", async () => {
    const failure = await addScratch(await ctx(), { id: "a", failAfter: true }).catch((thrown: Error) => thrown);
    expect(String((failure as Error).message)).not.toContain("told to fail");
  });

  it("refuses to commit a change that was not audited", async () => {
    await expect(addUnaudited(await ctx(), { id: "a" })).rejects.toMatchObject({ kind: "internal" });
    expect(await scratchIds(runtime.db)).toEqual([]);
  });

  it("commits telemetry without an audit row", async () => {
    const before = await counts();
    await addTelemetry(await ctx(), { id: "a" });
    expect(await counts()).toMatchObject({ rows: 1, audits: before.audits });
  });

  it("refuses an event whose data is not what the event says, and takes the command back", async () => {
    await expect(addMisnamed(await ctx(), { id: "a" })).rejects.toMatchObject({ kind: "internal" });
    expect(await counts()).toMatchObject({ rows: 0, events: 0 });
  });

  it("takes back only the inner command when that fails inside another", async () => {
    const before = await counts();
    const out = await addOuter(await ctx(), { id: "outer", innerId: "inner", innerFails: true });
    expect(out).toEqual({ innerDone: false });
    expect(await scratchIds(runtime.db)).toEqual(["outer"]);
    expect(await counts()).toEqual({ rows: 1, events: 0, audits: before.audits + 1 });
  });

  it("commits an inner command with its outer one", async () => {
    await addOuter(await ctx(), { id: "outer", innerId: "inner", innerFails: false });
    expect(await scratchIds(runtime.db)).toEqual(["inner", "outer"]);
    expect((await counts()).events).toBe(1);
  });

  it("rings once per committed outermost command with events, and never for one that rolled back", async () => {
    const rings: string[] = [];
    const { unlisten } = await runtime.db.$client.listen(OUTBOX_CHANNEL, (payload) => rings.push(payload));
    await addOuter(await ctx(), { id: "outer", innerId: "inner", innerFails: false });
    await addScratch(await ctx(), { id: "c", failAfter: true }).catch(() => undefined);
    // Notifications come in the order of their commits: with this one, all before it are there.
    await runtime.db.execute(sql`select pg_notify(${OUTBOX_CHANNEL}, 'end')`);
    await eventually("the last bell is heard", async () => rings.includes("end"));
    await unlisten();
    expect(rings).toEqual(["", "end"]);
    expect((await counts()).events).toBe(1);
  });

  it("leaves a clean connection behind a failed statement, so that the next caller sees nothing of it (fault 58)", async () => {
    await addScratch(await ctx(), { id: "a" });
    for (let index = 0; index < 30; index += 1) {
      await addScratch(await ctx(), { id: "a" }).catch(() => undefined);
      expect(await countScratch(await ctx(), {})).toEqual({ count: 1 });
    }
  });
});

describe("authority", () => {
  const asUser = (organizationRole: "viewer" | "developer" | null): Actor => ({
    kind: "user",
    userId: "usr_x",
    sessionId: "ses_x",
    organizationRole,
    platformRole: "user",
  });

  it.each([
    ["nobody", { kind: "anonymous" } as Actor, organizationId, "auth.session_missing"],
    ["a viewer", asUser("viewer"), organizationId, "auth.scope_missing"],
    ["a stranger to the organisation", asUser(null), organizationId, "auth.scope_missing"],
    [
      "a token without the scope",
      { kind: "apiToken", apiTokenId: "t", userId: "u", scopes: ["chain:read"] } as Actor,
      organizationId,
      "auth.scope_missing",
    ],
    ["a developer without an organisation", asUser("developer"), null, "auth.organization_missing"],
  ])("refuses %s before the database is touched", async (_name, actor, organization, code) => {
    const context = { ...(await runtime.ctx({ actor, organizationId: organization })), db: null as never };
    await expect(addScratch(context, { id: "a" })).rejects.toMatchObject({ code });
  });

  it("lets a token with exactly the scope in", async () => {
    const actor: Actor = { kind: "apiToken", apiTokenId: "t", userId: "u", scopes: ["validators:write"] };
    await expect(addScratch(await runtime.ctx({ actor, organizationId }), { id: "a" })).resolves.toMatchObject({
      id: "a",
    });
  });

  it("names the field of a wrong input and refuses unknown ones", async () => {
    await expect(addScratch(await ctx(), { id: 7 } as never)).rejects.toMatchObject({
      kind: "invalid",
      fieldErrors: { id: [expect.any(String)] },
    });
    await expect(addScratch(await ctx(), { id: "a", owner: "me" } as never)).rejects.toMatchObject({ kind: "invalid" });
  });
});

describe("losing to another transaction (fault 57)", () => {
  it("runs 400 commands to the end, each exactly once, while one in twenty is made to fail as a serialization failure", async () => {
    await failEvery(20, "40001");
    const before = await counts();
    const ids = Array.from({ length: 400 }, (_, index) => `row-${String(index).padStart(3, "0")}`);
    const context = await ctx();
    await Promise.all(ids.map((id) => addScratch(context, { id })));
    expect(await scratchIds(runtime.db)).toEqual(ids);
    expect(await counts()).toEqual({ rows: 400, events: 400, audits: before.audits + 400 });
    const [tries] = await runtime.db.execute<{ last_value: string }>(sql`select last_value from scratch_tries`);
    expect(Number(tries?.last_value)).toBeGreaterThan(420);
  });

  it("gives up after three more tries and leaves nothing behind", async () => {
    await failEvery(1, "40001");
    await expect(addScratch(await ctx(), { id: "a" })).rejects.toMatchObject({ kind: "internal" });
    const [tries] = await runtime.db.execute<{ last_value: string }>(sql`select last_value from scratch_tries`);
    expect(Number(tries?.last_value)).toBe(4);
    expect(await counts()).toMatchObject({ rows: 0, events: 0 });
  });

  it("does not repeat what failed for any other reason", async () => {
    await failEvery(1, "23514");
    await addScratch(await ctx(), { id: "a" }).catch(() => undefined);
    const [tries] = await runtime.db.execute<{ last_value: string }>(sql`select last_value from scratch_tries`);
    expect(Number(tries?.last_value)).toBe(1);
  });

  it("lets both of two commands that deadlock end", async () => {
    const context = await ctx();
    await addScratch(context, { id: "a" });
    await addScratch(context, { id: "b" });
    await Promise.all([
      touchBoth(context, { first: "a", second: "b" }),
      touchBoth(context, { first: "b", second: "a" }),
    ]);
    const rows = await runtime.db.execute<{ value: number }>(sql`select value from scratch order by id`);
    expect(rows.map((row) => row.value)).toEqual([2, 2]);
  });
});
