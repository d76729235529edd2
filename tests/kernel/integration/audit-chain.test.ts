import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { anchorAuditHeads, verifyAuditChain } from "@/server/domains/identity";
import { identityDomain } from "@/server/domains/identity/domain";
import { auditHash, GENESIS_HASH } from "@/server/kernel/audit";
import { prefixedId, uuidv7 } from "@/server/kernel/ids";
import { addScratch, createScratchTable } from "../../support/scratch-verbs";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await createScratchTable(runtime.db);
});
afterAll(() => runtime.close());

let chainKey: string;
beforeEach(async () => {
  chainKey = identityDomain.newId("organization");
  const ctx = await runtime.ctx({ organizationId: chainKey });
  for (let index = 0; index < 10; index += 1) await addScratch(ctx, { id: uuidv7() });
});

const verdict = async (key = chainKey) => verifyAuditChain(await runtime.ctx(), { chainKey: key });
const anchor = async () => anchorAuditHeads(await runtime.ctx(), {});
const idAt = async (sequence: number) => {
  const [row] = await runtime.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.chainKey, chainKey), eq(auditEvents.sequence, sequence)));
  return row?.id ?? "";
};

/** What somebody with the database's owner role can do and nobody else: without the triggers. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await runtime.db.execute(sql`alter table audit_events disable trigger all`);
  await runtime.db.execute(statement);
  await runtime.db.execute(sql`alter table audit_events enable trigger all`);
}

/** Rewrites the whole chain with right hashes after a change, head included: only an anchor can tell. */
async function forgeConsistently(change: (sequence: number) => string | undefined): Promise<void> {
  const rows = await runtime.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.chainKey, chainKey))
    .orderBy(auditEvents.sequence);
  let previousHash = GENESIS_HASH;
  for (const row of rows) {
    const targetId = change(row.sequence) ?? row.targetId;
    const { id, sequence, actor, action, targetType, requestId, ipAddress, details } = row;
    const hash = auditHash(previousHash, {
      id,
      chainKey,
      sequence,
      occurredAt: row.occurredAt.toISOString(),
      actor,
      action,
      targetType,
      targetId,
      requestId,
      ipAddress,
      details,
    });
    await tamper(
      sql`update audit_events set target_id = ${targetId}, previous_hash = ${previousHash}, hash = ${hash} where id = ${id}`,
    );
    previousHash = hash;
  }
  await runtime.db.execute(sql`update audit_heads set hash = ${previousHash} where chain_key = ${chainKey}`);
}

describe("the audit log", () => {
  it("refuses update, delete and truncate to the application", async () => {
    const refused = /append-only/;
    const cause = async (statement: ReturnType<typeof sql>) =>
      String(((await runtime.db.execute(statement).catch((thrown: Error) => thrown)) as Error).cause);
    expect(await cause(sql`update audit_events set action = 'x'`)).toMatch(refused);
    expect(await cause(sql`delete from audit_events`)).toMatch(refused);
    expect(await cause(sql`truncate audit_events`)).toMatch(refused);
  });

  it("is intact as written, by many writers and beside other chains", async () => {
    const ctx = await runtime.ctx({ organizationId: chainKey });
    await Promise.all(Array.from({ length: 50 }, () => addScratch(ctx, { id: uuidv7() })));
    expect(await verdict()).toMatchObject({ isIntact: true, rowCount: 60, reason: null });
    expect(await verdict("platform")).toMatchObject({ isIntact: true });
  });

  it("has no gap when fifty commands write one chain at once", async () => {
    const ctx = await runtime.ctx({ organizationId: identityDomain.newId("organization") });
    await Promise.all(Array.from({ length: 50 }, () => addScratch(ctx, { id: uuidv7() })));
    expect(await verdict(ctx.organizationId ?? "")).toMatchObject({ isIntact: true, rowCount: 50 });
  });
});

describe("the verifier (fault 63)", () => {
  const columns: [string, ReturnType<typeof sql>][] = [
    ["action", sql`action = 'scratch.row.removed'`],
    ["actor", sql`actor = 'user:usr_other'`],
    ["target", sql`target_id = 'other'`],
    ["details by one flipped bit", sql`details = '{"flipped":1}'::jsonb`],
    ["time", sql`occurred_at = occurred_at + interval '1 millisecond'`],
    ["address", sql`ip_address = '203.0.113.9'`],
    ["organisation", sql`organization_id = 'org_other'`],
    ["hash", sql`hash = ${"f".repeat(64)}`],
  ];
  it.each(columns)("names the row whose %s was edited", async (_name, assignment) => {
    await tamper(sql`update audit_events set ${assignment} where chain_key = ${chainKey} and sequence = 4`);
    expect(await verdict()).toMatchObject({
      isIntact: false,
      firstBadSequence: 4,
      firstBadId: await idAt(4),
      reason: "hash_mismatch",
    });
  });

  it("names where a row was deleted", async () => {
    await tamper(sql`delete from audit_events where chain_key = ${chainKey} and sequence = 6`);
    expect(await verdict()).toMatchObject({ isIntact: false, firstBadSequence: 6, reason: "sequence_gap" });
  });

  it("names the row that follows one inserted in between", async () => {
    await tamper(
      sql`update audit_events set sequence = sequence + 1000 where chain_key = ${chainKey} and sequence > 5`,
    );
    await tamper(
      sql`insert into audit_events (id, chain_key, sequence, organization_id, occurred_at, actor, action, target_type, target_id, request_id, details, previous_hash, hash)
          select ${prefixedId("aud")}, chain_key, 6, organization_id, occurred_at, actor, 'forged', target_type, target_id, request_id, details, hash, ${"a".repeat(64)}
          from audit_events where chain_key = ${chainKey} and sequence = 5`,
    );
    await tamper(
      sql`update audit_events set sequence = sequence - 999 where chain_key = ${chainKey} and sequence > 1000`,
    );
    expect(await verdict()).toMatchObject({ isIntact: false, firstBadSequence: 6, reason: "hash_mismatch" });
  });

  it("sees a tail that was cut", async () => {
    await tamper(sql`delete from audit_events where chain_key = ${chainKey} and sequence > 8`);
    expect(await verdict()).toMatchObject({ isIntact: false, firstBadSequence: 9, reason: "sequence_gap" });
  });

  it("sees a row written behind the head's back", async () => {
    await tamper(
      sql`insert into audit_events (id, chain_key, sequence, organization_id, occurred_at, actor, action, target_type, target_id, request_id, details, previous_hash, hash)
          select ${prefixedId("aud")}, chain_key, 11, organization_id, occurred_at, actor, 'forged', target_type, target_id, request_id, details, hash, ${"a".repeat(64)}
          from audit_events where chain_key = ${chainKey} and sequence = 10`,
    );
    expect(await verdict()).toMatchObject({ isIntact: false, firstBadSequence: 11, reason: "head_mismatch" });
  });

  it("sees a head that was changed or removed", async () => {
    await runtime.db.execute(sql`update audit_heads set hash = ${"b".repeat(64)} where chain_key = ${chainKey}`);
    expect(await verdict()).toMatchObject({ isIntact: false, reason: "head_mismatch" });
    await runtime.db.execute(sql`delete from audit_heads where chain_key = ${chainKey}`);
    expect(await verdict()).toMatchObject({ isIntact: false, reason: "head_mismatch", firstBadSequence: 1 });
  });

  it("sees a chain rewritten with right hashes, by the anchor outside the database", async () => {
    await anchor();
    expect(await verdict()).toMatchObject({ isIntact: true, anchorsChecked: 1 });
    await forgeConsistently((sequence) => (sequence === 3 ? "forged" : undefined));
    expect(await verdict()).toMatchObject({ isIntact: false, firstBadSequence: 10, reason: "anchor_mismatch" });
  });

  it("sees a tail cut together with its head, by the anchor", async () => {
    await anchor();
    await tamper(sql`delete from audit_events where chain_key = ${chainKey} and sequence > 7`);
    const [row] = await runtime.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.chainKey, chainKey), eq(auditEvents.sequence, 7)));
    await runtime.db.execute(
      sql`update audit_heads set sequence = 7, hash = ${row?.hash ?? ""} where chain_key = ${chainKey}`,
    );
    expect(await verdict()).toMatchObject({ isIntact: false, firstBadSequence: 8, reason: "anchor_mismatch" });
  });

  it("anchors a head once, goes on after a line cut short by a crash, and keeps earlier lines", async () => {
    expect(await anchor()).toMatchObject({ anchoredCount: expect.any(Number) });
    expect(await anchor()).toEqual({ anchoredCount: 0 });
    const path = join(runtime.settings.dataDir, "audit-anchors.jsonl");
    const before = readFileSync(path, "utf8");
    writeFileSync(path, `${before}{"chainKey":"cut\n`);
    await addScratch(await runtime.ctx({ organizationId: chainKey }), { id: uuidv7() });
    expect(await anchor()).toEqual({ anchoredCount: 1 });
    expect(readFileSync(path, "utf8").startsWith(before)).toBe(true);
    expect(await verdict()).toMatchObject({ isIntact: true, rowCount: 11, anchorsChecked: 2 });
  });
});
