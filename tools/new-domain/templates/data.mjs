/** Tables, states and the SQL on them. */
export function dataTemplates({ domain, entity, Entity, ENTITY, plural, Plural, table, one, One }) {
  const folder = `server/domains/${domain}`;
  return {
    [`db/states/${domain}.ts`]: `/** What became of ${one}. */
export const ${ENTITY}_STATUSES = ["pending", "ready", "retired"] as const;
export type ${Entity}Status = (typeof ${ENTITY}_STATUSES)[number];
`,
    [`db/schema/${domain}.ts`]: `import { index, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { ${ENTITY}_STATUSES } from "../states/${domain}";
import { id, timestamps } from "./columns";

export const ${entity}Status = pgEnum("${domain}_${entity}_status", ${ENTITY}_STATUSES);

/** One row is one ${entity} of one organisation. */
export const ${plural} = pgTable(
  "${table}",
  {
    id: id(),
    organizationId: text().notNull(),
    name: text().notNull(),
    status: ${entity}Status().notNull(),
    ...timestamps(),
  },
  (rows) => [
    index("${table}_organization_idx").on(rows.organizationId, rows.createdAt, rows.id),
    index("${table}_status_idx").on(rows.status, rows.id),
  ],
);
`,
    [`${folder}/constants.ts`]: `import type { StepWords } from "@/server/kernel/work/declare-work";

/** Ours, so that a list can be read. */
export const ${ENTITY}_NAME_MAX_CHARACTERS = 70;

/** What is done for ${one} after it was asked for. */
export const ${ENTITY}_STEPS = [
  { id: "prepare", title: "Prepare the ${entity}", sentence: "The ${entity} is being prepared.", percentWhenDone: 100 },
] as const satisfies readonly StepWords[];
`,
    [`${folder}/states.ts`]: `import type { ${Entity}Status } from "@/db/states/${domain}";
import type { TransitionTable } from "@/server/kernel/states";

/** In words: pending until its work is done, then ready, until its organisation retires it; retired is for ever. */
export const ${ENTITY}_MOVES: TransitionTable<${Entity}Status> = {
  pending: ["ready", "retired"],
  ready: ["retired"],
  retired: [],
};
`,
    [`${folder}/states.test.ts`]: `import { describe, expect, it } from "vitest";
import { canTransition } from "@/server/kernel/states";
import { ${ENTITY}_MOVES } from "./states";

describe("${one}", () => {
  it.each([
    ["pending", "ready", true],
    ["pending", "retired", true],
    ["ready", "retired", true],
    ["ready", "pending", false],
    ["retired", "ready", false],
    ["retired", "retired", false],
  ] as const)("goes from %s to %s: %s", (from, to, expected) => {
    expect(canTransition(${ENTITY}_MOVES, from, to)).toBe(expected);
  });
});
`,
    [`${folder}/machine.ts`]: `import { ${plural} } from "@/db/schema/${domain}";
import { machine } from "@/server/kernel/machine";
import { ${ENTITY}_MOVES } from "./states";

/** ${One}; each move is audited under the status that it leads to. */
export const ${entity}Machine = machine({
  table: ${plural},
  column: "status",
  movedAtColumn: "updatedAt",
  moves: ${ENTITY}_MOVES,
  refusal: { code: "${domain}.invalid_transition", subject: "The ${entity}" },
  audit: ({ from, to, row }) => ({
    action: \`${domain}.${entity}.\${to}\`,
    targetType: "${entity}",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to },
  }),
});
`,
    [`${folder}/repository.ts`]: `import "server-only";
import { and, asc, desc, eq, gt, lt, or } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { ${plural} } from "@/db/schema/${domain}";

export type ${Entity}Row = typeof ${plural}.$inferSelect;

export async function insert${Entity}(tx: Transaction, row: typeof ${plural}.$inferInsert): Promise<${Entity}Row> {
  const [inserted] = await tx.insert(${plural}).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

/** The row; of whatever organisation for null. */
export async function find${Entity}(
  db: Executor,
  organizationId: string | null,
  id: string,
): Promise<${Entity}Row | undefined> {
  const own = organizationId === null ? undefined : eq(${plural}.organizationId, organizationId);
  const [row] = await db
    .select()
    .from(${plural})
    .where(and(own, eq(${plural}.id, id)));
  return row;
}

/** Newest first, after \`cursor\`. */
export const list${Entity}Rows = (
  db: Executor,
  organizationId: string,
  page: { limit: number; cursor: { createdAt: Date; id: string } | undefined },
): Promise<${Entity}Row[]> =>
  db
    .select()
    .from(${plural})
    .where(
      and(
        eq(${plural}.organizationId, organizationId),
        page.cursor === undefined
          ? undefined
          : or(
              lt(${plural}.createdAt, page.cursor.createdAt),
              and(eq(${plural}.createdAt, page.cursor.createdAt), lt(${plural}.id, page.cursor.id)),
            ),
      ),
    )
    .orderBy(desc(${plural}.createdAt), desc(${plural}.id))
    .limit(page.limit);

/** Those that still wait for their work, by id. */
export const listPending${Plural} = (
  db: Executor,
  page: { readonly afterId: string; readonly limit: number },
): Promise<${Entity}Row[]> =>
  db
    .select()
    .from(${plural})
    .where(and(eq(${plural}.status, "pending"), gt(${plural}.id, page.afterId)))
    .orderBy(asc(${plural}.id))
    .limit(page.limit);
`,
  };
}
