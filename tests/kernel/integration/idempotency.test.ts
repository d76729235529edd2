import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outboxEvents } from "@/db/schema/system";
import { uuidv7 } from "@/server/kernel/ids";
import { addScratch, createScratchTable, scratchIds } from "../../support/scratch-verbs";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await createScratchTable(runtime.db);
});
afterAll(() => runtime.close());

const keyed = async (key: string, requestHash = "same", organizationId = "org_scratch") => ({
  ...(await runtime.ctx({ organizationId })),
  idempotency: { key, requestHash },
});

describe("an idempotency key", () => {
  it("gets the first result again and changes nothing", async () => {
    const [key, id] = [uuidv7(), uuidv7()];
    const first = await addScratch(await keyed(key), { id });
    const events = (await runtime.db.select().from(outboxEvents)).length;
    const again = await addScratch(await keyed(key), { id });
    expect(again).toEqual(first);
    expect((await runtime.db.select().from(outboxEvents)).length).toBe(events);
  });

  it("is refused for another request", async () => {
    const key = uuidv7();
    await addScratch(await keyed(key), { id: uuidv7() });
    await expect(addScratch(await keyed(key, "other"), { id: uuidv7() })).rejects.toMatchObject({
      kind: "conflict",
      code: "kernel.idempotency_key_reused",
    });
  });

  it("is another organisation's own", async () => {
    const key = uuidv7();
    const first = await addScratch(await keyed(key), { id: uuidv7() });
    const other = await addScratch(await keyed(key, "same", "org_other"), { id: uuidv7() });
    expect(other.id).not.toBe(first.id);
  });

  it("makes one row of twenty requests at once, all with the same answer", async () => {
    const [key, id] = [uuidv7(), uuidv7()];
    const answers = await Promise.all(Array.from({ length: 20 }, async () => addScratch(await keyed(key), { id })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await scratchIds(runtime.db)).filter((row) => row === id)).toHaveLength(1);
  });

  it("is free again after a failure, so that the same request can be tried again", async () => {
    const [key, id] = [uuidv7(), uuidv7()];
    await addScratch(await keyed(key), { id, failAfter: true }).catch(() => undefined);
    await expect(addScratch(await keyed(key), { id })).resolves.toMatchObject({ id });
  });

  it("is forgotten after 24 hours", async () => {
    const key = uuidv7();
    const first = await addScratch(await keyed(key), { id: uuidv7() });
    await runtime.db.execute(
      sql`update idempotency_keys set created_at = now() - interval '24 hours 1 second' where key = ${key}`,
    );
    const second = await addScratch(await keyed(key, "other"), { id: uuidv7() });
    expect(second.id).not.toBe(first.id);
  });
});
