import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** A database of a test file's own, as a URL, and how to be rid of it. */
export type TestDatabase = { readonly url: string; drop(): Promise<void> };

async function create(template: string): Promise<TestDatabase> {
  const adminUrl = inject("adminUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  // Cloning locks the template for the moment it takes; two files at once wait their turn on this lock instead of failing.
  await admin.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(4711)`;
    const other = postgres(adminUrl, { max: 1, onnotice: () => {} });
    await other.unsafe(`create database ${name} template ${template}`);
    await other.end();
  });
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: async () => {
      const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
      await sql.unsafe(`drop database if exists ${name} with (force)`);
      await sql.end();
    },
  };
}

/** A clone of the migrated template. */
export const createMigratedDatabase = (): Promise<TestDatabase> => create("omniphi_template");

/** A database with nothing in it. @public */
export const createEmptyDatabase = (): Promise<TestDatabase> => create("template1");
