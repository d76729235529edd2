import { sql } from "drizzle-orm";
import type { TestRuntime } from "./test-runtime";

/** Every row of every table as text, as a thief of the dump would search it. */
export async function dumpOf({ db }: Pick<TestRuntime, "db">): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const found = await db.execute<{ text: string }>(sql.raw(`select t::text as text from ${name} t`));
    texts.push(...found.map(({ text }) => text));
  }
  return texts.join("\n");
}

/** A secret as it is, its part behind the prefix, and both as bytes that a dump writes in hex. */
export function formsOfSecret(secret: string): readonly string[] {
  const bare = secret.slice(secret.lastIndexOf("_") + 1);
  return [secret, bare].flatMap((text) => [
    text,
    Buffer.from(text).toString("hex"),
    Buffer.from(text).toString("base64"),
  ]);
}
