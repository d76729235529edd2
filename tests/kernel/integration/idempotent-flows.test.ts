import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import { type ServiceCtx, withoutKey } from "@/server/kernel/context";
import { uuidv7 } from "@/server/kernel/ids";
import { addScratch, addSecret, addTwo, createScratchTable, scratchIds } from "../../support/scratch-verbs";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

type Ports = { readonly between: () => Promise<string> };

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await createScratchTable(runtime.db);
});
afterAll(() => runtime.close());

let input: { first: string; second: string };
let asked: number;
beforeEach(() => {
  input = { first: uuidv7(), second: uuidv7() };
  asked = 0;
});

const answering = async () => {
  asked += 1;
  return `answer ${asked}`;
};

async function keyed(
  key: string,
  given: { requestHash?: string; organizationId?: string; between?: Ports["between"] } = {},
): Promise<ServiceCtx<Ports>> {
  const { requestHash = "same", organizationId = "org_scratch", between = answering } = given;
  return { ...(await runtime.ctx({ organizationId })), ports: { between }, idempotency: { key, requestHash } };
}

const written = async () => ({
  rows: (await scratchIds(runtime.db)).filter((id) => id === input.first || id === input.second).length,
  events: (await runtime.db.select().from(outboxEvents)).length,
  audits: (await runtime.db.select().from(auditEvents)).length,
});

describe("a flow with an Idempotency-Key", () => {
  it("answers a repetition with its whole first answer, and does and asks nothing again", async () => {
    const key = uuidv7();
    const first = await addTwo(await keyed(key), input);
    const before = await written();
    expect(await addTwo(await keyed(key), input)).toEqual(first);
    expect(first.said).toBe("answer 1");
    expect([asked, await written()]).toEqual([1, before]);
  });

  it("refuses another body, and another verb", async () => {
    const key = uuidv7();
    await addTwo(await keyed(key), input);
    const reused = { kind: "conflict", code: "kernel.idempotency_key_reused" };
    await expect(addTwo(await keyed(key, { requestHash: "other" }), input)).rejects.toMatchObject(reused);
    await expect(addScratch(await keyed(key), { id: uuidv7() })).rejects.toMatchObject(reused);
  });

  it("belongs to the organisation that sent it", async () => {
    const key = uuidv7();
    const first = await addTwo(await keyed(key), input);
    const theirs = { first: uuidv7(), second: uuidv7() };
    const other = await addTwo(await keyed(key, { organizationId: "org_other" }), theirs);
    expect(other.first.id).not.toBe(first.first.id);
  });

  it("is one act for ten callers at once, all with the same answer, though the first takes its time", async () => {
    const key = uuidv7();
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = async () => {
      asked += 1;
      await held;
      return "slow";
    };
    const all = Promise.all(Array.from({ length: 10 }, async () => addTwo(await keyed(key, { between: slow }), input)));
    await expect.poll(() => asked).toBe(1);
    release?.();
    const answers = await all;
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect([asked, (await written()).rows]).toEqual([1, 2]);
  });

  it("goes on where it failed: what was committed answers as it did and is not done twice", async () => {
    const key = uuidv7();
    const failing = async () => {
      throw new Error("told to fail");
    };
    await expect(addTwo(await keyed(key, { between: failing }), input)).rejects.toMatchObject({ kind: "internal" });
    expect((await written()).rows).toBe(1);
    const other = keyed(key, { requestHash: "other" });
    await expect(addTwo(await other, input)).rejects.toMatchObject({ code: "kernel.idempotency_key_reused" });
    const answer = await addTwo(await keyed(key), input);
    expect(answer).toMatchObject({ first: { id: input.first }, second: { id: input.second } });
    expect((await written()).rows).toBe(2);
  });

  it("goes on where the process died, once that one's lease has ended", async () => {
    const key = uuidv7();
    const first = await addTwo(await keyed(key), input);
    // What a crash between the last part and the answer leaves: the parts' rows, and a key that nobody answers.
    await runtime.db.execute(
      sql`update idempotency_keys set result = null, leased_until = now() - interval '1 second' where key = ${key}`,
    );
    const before = await written();
    const again = await addTwo(await keyed(key), input);
    expect({ ...again, said: first.said }).toEqual(first);
    expect([asked, await written()]).toEqual([2, before]);
  });

  it("gives the key back when it failed before anything was committed", async () => {
    const key = uuidv7();
    const failing = async () => {
      throw new Error("told to fail");
    };
    const id = uuidv7();
    await addSecret(await keyed(key, { between: failing }), { id }).catch(() => undefined);
    await expect(addSecret(await keyed(key, { requestHash: "other" }), { id })).resolves.toMatchObject({ id });
  });

  it("keeps nothing of what is shown once", async () => {
    const key = uuidv7();
    const id = uuidv7();
    const between = async () => "a-secret-of-the-test";
    expect(await addSecret(await keyed(key, { between }), { id })).toEqual({ id, secret: "a-secret-of-the-test" });
    expect(await addSecret(await keyed(key, { between }), { id })).toEqual({ id, secret: null });
    expect(JSON.stringify(await runtime.db.execute(sql`select * from idempotency_keys`))).not.toContain("a-secret");
  });

  it("has no part in what is written beside it", async () => {
    const key = uuidv7();
    const ctx = await keyed(key);
    await addScratch(withoutKey(ctx), { id: input.first });
    await expect(addScratch(ctx, { id: input.second })).resolves.toMatchObject({ id: input.second });
  });
});
