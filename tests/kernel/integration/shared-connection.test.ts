import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApiToken, listApiTokens, revokeApiToken } from "@/server/domains/identity";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let one: SignedInPerson;
let other: SignedInPerson;
beforeAll(async () => {
  // Everybody's work goes over one and the same connection.
  runtime = await createTestRuntime({ maxConnections: 1 });
  one = await createPerson(runtime);
  other = await createPerson(runtime);
});
afterAll(() => runtime.close());

const backend = async () => {
  const [row] = await runtime.db.execute<{ pid: number; transaction_id: string | null }>(
    sql`select pg_backend_pid() as pid, pg_current_xact_id_if_assigned()::text as transaction_id`,
  );
  return row;
};

it("a connection on which one organisation's command died half way carries nothing of it to the next organisation", async () => {
  const { apiToken: kept } = await createApiToken(await one.ctx(), { name: "kept", scopes: ["chain:read"] });
  const before = await backend();
  await runtime.db.execute(
    sql.raw(`create function refuse_audit() returns trigger language plpgsql as $$
      begin raise exception 'the disk is full'; end $$`),
  );
  await runtime.db.execute(
    sql`create trigger refuse_audit before insert on audit_events for each row execute function refuse_audit()`,
  );
  // The row of the token is written by then; the audit row that has to follow is refused.
  const died = createApiToken(await one.ctx(), { name: "half made", scopes: ["chain:read"] });
  await expect(died).rejects.toMatchObject({ kind: "internal" });
  await runtime.db.execute(sql`drop trigger refuse_audit on audit_events`);

  expect(await backend()).toEqual({ pid: before?.pid, transaction_id: null });
  expect((await listApiTokens(await other.ctx(), { limit: 20 })).items).toEqual([]);
  await expect(revokeApiToken(await other.ctx(), { apiTokenId: kept.id })).rejects.toMatchObject({ kind: "not_found" });
  const { items } = await listApiTokens(await one.ctx(), { limit: 20 });
  expect(items.map(({ name }) => name)).toEqual(["kept"]);
});

it("organisations that take turns on one connection each see their own, whatever the order", async () => {
  await createApiToken(await other.ctx(), { name: "of the other", scopes: ["chain:read"] });
  const lists = await Promise.all(
    Array.from({ length: 40 }, async (_, turn) => {
      const { items } = await listApiTokens(await (turn % 2 ? one : other).ctx(), { limit: 20 });
      return items.map(({ name }) => name);
    }),
  );
  expect(lists).toEqual(lists.map((_, turn) => (turn % 2 ? ["kept"] : ["of the other"])));
});
