import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import { createMigratedDatabase, type TestDatabase } from "../../support/database";
import { eventually } from "../../support/eventually";

const STATEMENTS_WHILE_LOCKED = 20;
/** measures.md, fault 62: nobody waits for a lock longer than a second; the rest is for a busy machine. */
const LONGEST_WAIT_MS = 2_500;

let database: TestDatabase;
let sql: postgres.Sql;
let folder: string;

/** The real migrations and one more, which changes a table that the product writes all the time. */
function migrationsWithOneMore(): string {
  const copy = mkdtempSync(join(tmpdir(), "omniphi-migrations-"));
  cpSync(join(process.cwd(), "db/migrations"), copy, { recursive: true });
  const path = join(copy, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as { entries: { idx: number; when: number; tag: string }[] };
  const last = journal.entries.at(-1);
  if (!last) throw new Error("there are no migrations");
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: "9999_one_more" });
  writeFileSync(path, JSON.stringify(journal));
  writeFileSync(join(copy, "9999_one_more.sql"), 'ALTER TABLE "outbox_events" ADD COLUMN "one_more" text;');
  return copy;
}

beforeAll(async () => {
  database = await createMigratedDatabase();
  sql = postgres(database.url, { max: 8, onnotice: () => {} });
  folder = migrationsWithOneMore();
});
afterAll(async () => {
  await sql?.end();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

it("changes a table beside a transaction that holds it without stopping the old version's statements behind it", async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holder = sql.begin(async (tx) => {
    await tx`select count(*) from outbox_events`;
    await released;
  });
  await eventually("the transaction holds the table", async () => {
    const [lock] = await sql`select 1 from pg_locks where relation = 'outbox_events'::regclass and granted`;
    return lock !== undefined;
  });

  const migration = migrateDatabase(database.url, folder);
  await eventually("the change waits for the table", async () => {
    const [lock] = await sql`select 1 from pg_locks where relation = 'outbox_events'::regclass and not granted`;
    return lock !== undefined;
  });
  // The holder goes on only after these: were the change to wait for as long as it takes, none of them would end.
  let longestMs = 0;
  for (let done = 0; done < STATEMENTS_WHILE_LOCKED; done += 1) {
    const begunAt = performance.now();
    await sql`insert into outbox_events (id, name, payload, created_at) values (${`evt_${done}`}, 'a/b', '{}', now())`;
    longestMs = Math.max(longestMs, performance.now() - begunAt);
  }
  release();
  await holder;
  await migration;
  expect(longestMs).toBeLessThan(LONGEST_WAIT_MS);

  // The old version knows nothing of the new column, and goes on.
  await sql`insert into outbox_events (id, name, payload, created_at) values ('evt_old', 'a/b', '{}', now())`;
  const [row] = await sql`select one_more from outbox_events where id = 'evt_old'`;
  expect(row).toEqual({ one_more: null });
});
