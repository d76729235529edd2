import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "@/db/client";
import type { CommandCtx } from "@/server/kernel/context";
import { defineEvent } from "@/server/kernel/events";
import { defineChange, defineCommand, defineFlow, defineQuery } from "@/server/kernel/verbs";

/** A table of the test's own, so that the kernel is tested without a domain. */
export const createScratchTable = (db: Executor) =>
  db.execute(sql`create table scratch (id text primary key, value int not null default 0)`);

/** Ids in the scratch table, in order. */
export async function scratchIds(db: Executor): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`select id from scratch order by id`);
  return rows.map((row) => row.id);
}

const insert = (ctx: CommandCtx<string | null>, id: string) =>
  ctx.tx.execute(sql`insert into scratch (id) values (${id})`);

const Input = z.strictObject({ id: z.string(), failAfter: z.boolean().default(false) });

const scratchAdded = defineEvent("scratch/row.added", z.strictObject({ id: z.string() }));

/** Inserts a row, emits an event and audits, then fails when told to. */
export const addScratch = defineCommand({
  verb: "scratch.add",
  scope: "validators:write",
  tenancy: "organization",
  input: Input,
  run: async (ctx, input) => {
    await insert(ctx, input.id);
    await ctx.emit(scratchAdded, { id: input.id });
    ctx.audit({ action: "scratch.row.added", targetType: "scratch", targetId: input.id });
    if (input.failAfter) throw new Error("told to fail");
    return { id: input.id, madeAt: ctx.now.toISOString() };
  },
});

/** Emits what the event does not carry, as a slip past the types would. */
export const addMisnamed = defineCommand({
  verb: "scratch.add-misnamed",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ id: z.string() }),
  run: async (ctx, input) => {
    await insert(ctx, input.id);
    await ctx.emit(scratchAdded, { rowId: input.id } as never);
    ctx.audit({ action: "scratch.row.added", targetType: "scratch", targetId: input.id });
    return {};
  },
});

/** Changes a row and says nothing of it. */
export const addUnaudited = defineCommand({
  verb: "scratch.add-unaudited",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: z.strictObject({ id: z.string() }),
  run: async (ctx, input) => {
    await insert(ctx, input.id);
    return {};
  },
});

/** The same as telemetry, which may. */
export const addTelemetry = defineCommand({
  verb: "scratch.add-telemetry",
  scope: null,
  because: "public",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({ id: z.string() }),
  run: async (ctx, input) => {
    await insert(ctx, input.id);
    return {};
  },
});

/** Adds an outer row and calls `addScratch` for an inner one, going on when that fails. */
export const addOuter = defineCommand({
  verb: "scratch.add-outer",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ id: z.string(), innerId: z.string(), innerFails: z.boolean() }),
  run: async (ctx, input) => {
    await insert(ctx, input.id);
    ctx.audit({ action: "scratch.outer.added", targetType: "scratch", targetId: input.id });
    const inner = await addScratch(ctx, { id: input.innerId, failAfter: input.innerFails }).catch(() => null);
    return { innerDone: inner !== null };
  },
});

/** Locks two rows in the given order. */
export const touchBoth = defineCommand({
  verb: "scratch.touch-both",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ first: z.string(), second: z.string() }),
  run: async (ctx, input) => {
    await ctx.tx.execute(sql`update scratch set value = value + 1 where id = ${input.first}`);
    // Gives the other transaction time to take its own first row: a lock wait, not a sleep of the test.
    await ctx.tx.execute(sql`select pg_sleep(0.2)`);
    await ctx.tx.execute(sql`update scratch set value = value + 1 where id = ${input.second}`);
    ctx.audit({ action: "scratch.row.touched", targetType: "scratch", targetId: input.first });
    return {};
  },
});

export const countScratch = defineQuery({
  verb: "scratch.count",
  scope: "validators:read",
  tenancy: "organization",
  input: z.strictObject({}),
  run: async (ctx) => ({ count: (await scratchIds(ctx.db)).length }),
});

/** A flow of two rows with something from outside between them; `between` may fail or take its time. */
export const addTwo = defineFlow<{ readonly between: () => Promise<string> }>()({
  verb: "scratch.add-two",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ first: z.string(), second: z.string() }),
  run: async (ctx, input) => {
    const first = await addScratch(ctx, { id: input.first });
    const said = await ctx.ports.between();
    const second = await addScratch(ctx, { id: input.second });
    return { first, said, second };
  },
});

/** A flow whose answer has something that is shown once. */
export const addSecret = defineFlow<{ readonly between: () => Promise<string> }>()({
  verb: "scratch.add-secret",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ id: z.string() }),
  run: async (ctx, input): Promise<{ id: string; secret: string | null }> => {
    const secret = await ctx.ports.between();
    return { id: (await addScratch(ctx, input)).id, secret };
  },
  kept: (made) => ({ ...made, secret: null }),
});

type Row = { readonly id: string; readonly failAfter?: boolean };

/** What `addScratch` does, as a change. */
export const changeScratch = defineChange("scratch.change", async (ctx: CommandCtx<string | null>, row: Row) => {
  await insert(ctx, row.id);
  await ctx.emit(scratchAdded, { id: row.id });
  ctx.audit({ action: "scratch.row.changed", targetType: "scratch", targetId: row.id });
  if (row.failAfter) throw new Error("told to fail");
  return { id: row.id, madeAt: ctx.now.toISOString() };
});

/** Says nothing of its row. */
export const changeUnaudited = defineChange("scratch.change-unaudited", (ctx: CommandCtx<string | null>, { id }: Row) =>
  insert(ctx, id),
);

/** Measures, and audits when told to. */
export const changeTelemetry = defineChange(
  "scratch.change-telemetry",
  async (ctx: CommandCtx<string | null>, { id, audits }: Row & { readonly audits: boolean }) => {
    await insert(ctx, id);
    if (audits) ctx.audit({ action: "scratch.row.measured", targetType: "scratch", targetId: id });
  },
  { telemetry: true },
);

const changesInside = { unaudited: changeUnaudited, audited: changeScratch };

/** A command that adds a row, makes a change inside, goes on when that fails, and fails then when told to. */
export const addAround = defineCommand({
  verb: "scratch.add-around",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({
    id: z.string(),
    inner: z.strictObject({ id: z.string(), failAfter: z.boolean(), kind: z.enum(["unaudited", "audited"]) }),
    failAfter: z.boolean(),
  }),
  run: async (ctx, { id, inner, failAfter }) => {
    await insert(ctx, id);
    ctx.audit({ action: "scratch.outer.added", targetType: "scratch", targetId: id });
    const isDone = await changesInside[inner.kind](ctx, inner).then(
      () => true,
      () => false,
    );
    if (failAfter) throw new Error("told to fail");
    return { isDone };
  },
});

/** A flow of two changes with something from outside between them. */
export const changeTwo = defineFlow<{ readonly between: () => Promise<string> }>()({
  verb: "scratch.change-two",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({ first: z.string(), second: z.string() }),
  run: async (ctx, input) => {
    const first = await changeScratch(ctx, { id: input.first });
    await ctx.ports.between();
    return { first, second: await changeScratch(ctx, { id: input.second }) };
  },
});
