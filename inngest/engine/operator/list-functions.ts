import type { Sql } from "../state/database";

/** Ids of the functions that are registered now, in order of their names. */
export async function listFunctionIds(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from inngest_engine.functions where removed_at is null order by id`;
  return rows.map((row) => row.id);
}
