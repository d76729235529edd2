import { eq, sql } from "drizzle-orm";
import { integer, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditEvents } from "@/db/schema/system";
import { machine, move, observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

const DOOR_STATES = ["open", "closed", "locked"] as const;
const doorState = pgEnum("door_state", DOOR_STATES);
const doors = pgTable("doors", {
  id: text().primaryKey(),
  state: doorState().notNull(),
  stateReason: text(),
  knocks: integer().notNull().default(0),
});
const stories: string[] = [];

const door = machine({
  table: doors,
  column: "state",
  reasonColumn: "stateReason",
  moves: { open: ["closed"], closed: ["open", "locked"], locked: [] },
  refusal: { code: "doors.illegal", subject: "The door" },
  audit: ({ from, to, reason, row }) => ({
    action: `doors.door.${to}`,
    targetType: "door",
    targetId: row.id,
    details: { from, to, reason },
  }),
  story: async (_ctx, { row }, line: string) => void stories.push(`${row.id}: ${line}`),
});

const Input = z.strictObject({ id: z.string(), to: z.enum(DOOR_STATES), reason: z.string().nullable().default(null) });
const common = { scope: null, because: "public", tenancy: "platform", input: Input } as const;
const moveDoor = defineCommand({
  ...common,
  verb: "doors.move",
  run: (ctx, { id, to, reason }) => move(ctx, door, { id }, to, { patch: { knocks: 1 }, reason, story: `is ${to}` }),
});
const observeDoor = defineCommand({
  ...common,
  verb: "doors.observe",
  run: async (ctx, { id, to, reason }) => {
    ctx.audit({ action: "doors.door.seen", targetType: "door", targetId: id });
    return observe(ctx, door, { id }, to, { patch: { knocks: 2 }, reason, story: `is ${to}` });
  },
});
const measureDoor = defineCommand({
  ...common,
  verb: "doors.measure",
  telemetry: true,
  run: (ctx, { id, to }) => move(ctx, door, { id }, to),
});

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await runtime.db.execute(sql`create type door_state as enum ('open', 'closed', 'locked')`);
  await runtime.db.execute(
    sql`create table doors (id text primary key, state door_state not null, state_reason text, knocks int not null default 0)`,
  );
});
afterAll(() => runtime?.close());

async function doorIn(state: (typeof DOOR_STATES)[number]) {
  const id = `door_${state}_${Math.random()}`;
  await runtime.db.insert(doors).values({ id, state, stateReason: "before" });
  const row = async () => (await runtime.db.select().from(doors).where(eq(doors.id, id)))[0];
  const audited = async () => {
    const events = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
    return events.map(({ action, details }) => ({ action, details }));
  };
  return { id, row, audited };
}

describe("a move", () => {
  it("writes state, reason, patch, audit entry and story in one", async () => {
    const { id, row, audited } = await doorIn("closed");
    const after = await moveDoor(await runtime.ctx(), { id, to: "locked", reason: "doors.night" });
    expect(after).toEqual({ id, state: "locked", stateReason: "doors.night", knocks: 1 });
    expect(await row()).toEqual(after);
    expect(await audited()).toEqual([
      { action: "doors.door.locked", details: { from: "closed", to: "locked", reason: "doors.night" } },
    ]);
    expect(stories).toContain(`${id}: is locked`);
  });

  it("without a reason clears the one before", async () => {
    const { id, row } = await doorIn("open");
    await moveDoor(await runtime.ctx(), { id, to: "closed" });
    expect(await row()).toMatchObject({ state: "closed", stateReason: null });
  });

  it.each([
    ["open", "locked"],
    ["open", "open"],
    ["locked", "open"],
  ] as const)("from %s to %s that the table lacks is refused and leaves nothing", async (from, to) => {
    const { id, row, audited } = await doorIn(from);
    await expect(moveDoor(await runtime.ctx(), { id, to })).rejects.toMatchObject({
      kind: "invalid_state",
      code: "doors.illegal",
      message: `The door is ${from} and cannot become ${to}.`,
      details: { from, to },
    });
    expect(await row()).toEqual({ id, state: from, stateReason: "before", knocks: 0 });
    expect(await audited()).toEqual([]);
    expect(stories.filter((line) => line.startsWith(id))).toEqual([]);
  });

  it("of two at once is made by one: the other is asked about the state that the first left", async () => {
    const { id, audited } = await doorIn("closed");
    const ctx = await runtime.ctx();
    const results = await Promise.allSettled([
      moveDoor(ctx, { id, to: "locked" }),
      moveDoor(ctx, { id, to: "open" }),
      moveDoor(ctx, { id, to: "locked" }),
    ]);
    const done = results.filter(({ status }) => status === "fulfilled");
    expect(await audited()).toHaveLength(1);
    expect(done).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "doors.illegal" });
    }
  });

  it("is no telemetry: a command that says so may not make one", async () => {
    const { id, row } = await doorIn("open");
    await expect(measureDoor(await runtime.ctx(), { id, to: "closed" })).rejects.toMatchObject({
      kind: "internal",
      cause: expect.objectContaining({ message: expect.stringContaining("doors.measure is telemetry") }),
    });
    expect(await row()).toMatchObject({ state: "open" });
  });
});

describe("an observation", () => {
  it("of the state that the row has writes patch and reason, and tells nothing", async () => {
    const { id, row, audited } = await doorIn("locked");
    await observeDoor(await runtime.ctx(), { id, to: "locked", reason: "doors.still" });
    expect(await row()).toEqual({ id, state: "locked", stateReason: "doors.still", knocks: 2 });
    expect((await audited()).map(({ action }) => action)).toEqual(["doors.door.seen"]);
    expect(stories.filter((line) => line.startsWith(id))).toEqual([]);
  });

  it("of another state is a move, with the table's leave", async () => {
    const { id, row, audited } = await doorIn("open");
    const ctx = await runtime.ctx();
    await observeDoor(ctx, { id, to: "closed" });
    expect(await row()).toMatchObject({ state: "closed", knocks: 2 });
    expect((await audited()).map(({ action }) => action).sort()).toEqual(["doors.door.closed", "doors.door.seen"]);
    await observeDoor(ctx, { id, to: "locked" });
    await expect(observeDoor(ctx, { id, to: "open" })).rejects.toMatchObject({ code: "doors.illegal" });
  });
});
