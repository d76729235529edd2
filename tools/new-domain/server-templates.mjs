/** Tables and server files of a new domain with one entity that has a name and two states: each path with its text. */
export function serverTemplates({ domain, entity, Entity, Domain, ENTITY, tier, lowerDomains }) {
  const folder = `server/domains/${domain}`;
  return {
    [`db/states/${domain}.ts`]: `/** Whether a ${entity} is in use. */
export const ${ENTITY}_STATES = ["active", "retired"] as const;
export type ${Entity}State = (typeof ${ENTITY}_STATES)[number];
`,
    [`db/schema/${domain}.ts`]: `import { index, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { ${ENTITY}_STATES } from "../states/${domain}";
import { id, timestamps } from "./columns";
import { organizations } from "./identity";

export const ${entity}State = pgEnum("${entity}_state", ${ENTITY}_STATES);

/** One row is one ${entity} of one organisation. */
export const ${domain} = pgTable(
  "${domain}",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    state: ${entity}State().notNull(),
    ...timestamps(),
  },
  (table) => [index("${domain}_organization_created_at_idx").on(table.organizationId, table.createdAt, table.id)],
);
`,
    [`${folder}/README.md`]: `# ${domain}

One ${entity} is a name that its organisation keeps until it retires it. Owns \`${domain}\`.

\`\`\`mermaid
stateDiagram-v2
  [*] --> active
  active --> retired
\`\`\`

- **Retired is for ever**: a row is never deleted and never comes back.

Events in: none. Events out: \`events.ts\`. Tier ${tier}: may import ${lowerDomains.join(", ") || "no other domain"}.
`,
    [`${folder}/domain.ts`]: `import { defineDomain } from "@/server/kernel/domain";

/** The organisation's ${domain}. */
export const ${domain}Domain = defineDomain({
  name: "${domain}",
  title: "${Domain}",
  tier: ${tier},
  ids: { ${entity}: "${entity.slice(0, 4)}" },
  levels: {
    read: { role: "viewer", words: "Read ${domain}" },
    write: { role: "developer", words: "Make and retire ${domain}" },
  },
  navigation: [],
});
`,
    [`${folder}/surface.ts`]: `import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { ${domain}Domain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";

/** All that the rest of the server may ask of this domain. */
export const ${domain} = defineSurface(${domain}Domain, { verbs, published, work: [] });
`,
    [`${folder}/constants.ts`]: `export { ${ENTITY}_STATES, type ${Entity}State } from "@/db/states/${domain}";

/** Ours, so that a list can be read. */
export const ${ENTITY}_NAME_MAX_CHARACTERS = 70;
`,
    [`${folder}/schemas.ts`]: `import { z } from "zod";
import { listInput } from "@/server/kernel/pagination";
import { ${ENTITY}_NAME_MAX_CHARACTERS, ${ENTITY}_STATES } from "./constants";
import { ${domain}Domain } from "./domain";

/** One ${entity} as its organisation sees it. */
export const ${Entity} = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(${ENTITY}_STATES),
  createdAt: z.iso.datetime(),
}).meta({ id: "${Entity}" });
export type ${Entity} = z.infer<typeof ${Entity}>;

export const Create${Entity}Input = z.strictObject({ name: z.string().trim().min(1).max(${ENTITY}_NAME_MAX_CHARACTERS) });
export const ${Entity}Ref = z.strictObject({ ${entity}Id: ${domain}Domain.idText("${entity}") });
export const List${Domain}Input = z.strictObject(listInput);
`,
    [`${folder}/states.ts`]: `import type { TransitionTable } from "@/server/kernel/states";
import type { ${Entity}State } from "./constants";

/** In words: active until its organisation retires it; retired is for ever. */
export const ${ENTITY}_MOVES: TransitionTable<${Entity}State> = {
  active: ["retired"],
  retired: [],
};
`,
    [`${folder}/states.test.ts`]: `import { describe, expect, it } from "vitest";
import { canTransition } from "@/server/kernel/states";
import { ${ENTITY}_MOVES } from "./states";

describe("a ${entity}", () => {
  it.each([
    ["active", "retired", true],
    ["active", "active", false],
    ["retired", "active", false],
    ["retired", "retired", false],
  ] as const)("goes from %s to %s: %s", (from, to, expected) => {
    expect(canTransition(${ENTITY}_MOVES, from, to)).toBe(expected);
  });
});
`,
    [`${folder}/errors.ts`]: `import { notFound } from "@/server/kernel/errors";

/** 404: there is none, or it is another organisation's. */
export const ${entity}NotFound = (id: string) =>
  notFound("${domain}.not_found", "There is no such ${entity}. Choose one of the list.", { details: { id } });
`,
    [`${folder}/events.ts`]: `import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";

const ${entity} = z.strictObject({ ${entity}Id: z.string(), organizationId: z.string() });

/** A ${entity} was made. */
export const ${entity}Created = defineEvent("${domain}/${entity}.created", ${entity});
/** A ${entity} was retired for ever. */
export const ${entity}Retired = defineEvent("${domain}/${entity}.retired", ${entity});
`,
    [`${folder}/repository.ts`]: `import "server-only";
import { and, desc, eq, lt, or } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { ${domain} } from "@/db/schema/${domain}";

export type ${Entity}Row = typeof ${domain}.$inferSelect;

export async function insert${Entity}(tx: Transaction, row: typeof ${domain}.$inferInsert): Promise<${Entity}Row> {
  const [inserted] = await tx.insert(${domain}).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

const own = (organizationId: string, id: string) => and(eq(${domain}.organizationId, organizationId), eq(${domain}.id, id));

export async function find${Entity}(db: Executor, organizationId: string, id: string): Promise<${Entity}Row | undefined> {
  const [row] = await db.select().from(${domain}).where(own(organizationId, id));
  return row;
}

/** The row, locked until the transaction ends. */
export async function lock${Entity}(tx: Transaction, organizationId: string, id: string): Promise<${Entity}Row | undefined> {
  const [row] = await tx.select().from(${domain}).where(own(organizationId, id)).for("update");
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
    .from(${domain})
    .where(
      and(
        eq(${domain}.organizationId, organizationId),
        page.cursor === undefined
          ? undefined
          : or(
              lt(${domain}.createdAt, page.cursor.createdAt),
              and(eq(${domain}.createdAt, page.cursor.createdAt), lt(${domain}.id, page.cursor.id)),
            ),
      ),
    )
    .orderBy(desc(${domain}.createdAt), desc(${domain}.id))
    .limit(page.limit);
`,
    [`${folder}/to-${entity}.ts`]: `import type { ${Entity}Row } from "./repository";
import type { ${Entity} } from "./schemas";

/** A row as its organisation sees it. */
export const to${Entity} = (row: ${Entity}Row): ${Entity} => ({
  id: row.id,
  name: row.name,
  state: row.state,
  createdAt: row.createdAt.toISOString(),
});
`,
    [`${folder}/create-${entity}.ts`]: `import { defineCommand } from "@/server/kernel/verbs";
import { ${domain}Domain } from "./domain";
import { ${entity}Created } from "./events";
import { insert${Entity} } from "./repository";
import { ${Entity}, Create${Entity}Input } from "./schemas";
import { to${Entity} } from "./to-${entity}";

/** Makes a ${entity} of the organisation. */
export const create${Entity} = defineCommand({
  verb: "${domain}.create-${entity}",
  scope: "${domain}:write",
  tenancy: "organization",
  input: Create${Entity}Input,
  output: ${Entity},
  run: async (ctx, input) => {
    const row = await insert${Entity}(ctx.tx, {
      id: ${domain}Domain.newId("${entity}"),
      organizationId: ctx.organizationId,
      name: input.name,
      state: "active",
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    ctx.audit({ action: "${domain}.${entity}.created", targetType: "${entity}", targetId: row.id });
    await ctx.emit(${entity}Created, { ${entity}Id: row.id, organizationId: row.organizationId });
    return to${Entity}(row);
  },
});
`,
    [`${folder}/machines.ts`]: `import { ${domain} } from "@/db/schema/${domain}";
import { machine } from "@/server/kernel/machine";
import { ${ENTITY}_MOVES } from "./states";

/** A ${entity} from its making to its retirement; each move is audited under the state it leads to. */
export const ${entity}Machine = machine({
  table: ${domain},
  column: "state",
  movedAtColumn: "updatedAt",
  moves: ${ENTITY}_MOVES,
  refusal: { code: "${domain}.already_retired", subject: "The ${entity}" },
  audit: ({ from, to, row }) => ({
    action: \`${domain}.${entity}.\${to}\`,
    targetType: "${entity}",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to },
  }),
});
`,
    [`${folder}/retire-${entity}.ts`]: `import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { ${entity}NotFound } from "./errors";
import { ${entity}Retired } from "./events";
import { ${entity}Machine } from "./machines";
import { lock${Entity} } from "./repository";
import { ${Entity}Ref } from "./schemas";

/** Retires a ${entity} for ever. @throws not_found ${domain}.not_found, invalid_state ${domain}.already_retired */
export const retire${Entity} = defineCommand({
  verb: "${domain}.retire-${entity}",
  scope: "${domain}:write",
  tenancy: "organization",
  input: ${Entity}Ref,
  output: ${Entity}Ref,
  run: async (ctx, input) => {
    const row = await lock${Entity}(ctx.tx, ctx.organizationId, input.${entity}Id);
    if (!row) throw ${entity}NotFound(input.${entity}Id);
    await move(ctx, ${entity}Machine, row, "retired");
    await ctx.emit(${entity}Retired, { ${entity}Id: row.id, organizationId: row.organizationId });
    return { ${entity}Id: row.id };
  },
});
`,
    [`${folder}/get-${entity}.ts`]: `import { defineQuery } from "@/server/kernel/verbs";
import { ${entity}NotFound } from "./errors";
import { find${Entity} } from "./repository";
import { ${Entity}, ${Entity}Ref } from "./schemas";
import { to${Entity} } from "./to-${entity}";

/** One ${entity} of the organisation. @throws not_found ${domain}.not_found */
export const get${Entity} = defineQuery({
  verb: "${domain}.get-${entity}",
  scope: "${domain}:read",
  tenancy: "organization",
  input: ${Entity}Ref,
  output: ${Entity},
  run: async (ctx, input) => {
    const row = await find${Entity}(ctx.db, ctx.organizationId, input.${entity}Id);
    if (!row) throw ${entity}NotFound(input.${entity}Id);
    return to${Entity}(row);
  },
});
`,
    [`${folder}/list-${domain}.ts`]: `import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { list${Entity}Rows } from "./repository";
import { ${Entity}, List${Domain}Input } from "./schemas";
import { to${Entity} } from "./to-${entity}";

/** The organisation's, newest first. */
export const list${Domain} = defineQuery({
  verb: "${domain}.list-${domain}",
  scope: "${domain}:read",
  tenancy: "organization",
  input: List${Domain}Input,
  output: pageSchema(${Entity}),
  run: async (ctx, input) => {
    const position = decodeCursor(input.cursor);
    const rows = await list${Entity}Rows(ctx.db, ctx.organizationId, {
      limit: input.limit + 1,
      cursor: position && { createdAt: new Date(position.sort), id: position.id },
    });
    return pageOf(rows, input.limit, (row) => ({ sort: row.createdAt.toISOString(), id: row.id }), to${Entity});
  },
});
`,
    [`${folder}/index.ts`]: `import "server-only";

export { create${Entity} } from "./create-${entity}";
export { get${Entity} } from "./get-${entity}";
export { list${Domain} } from "./list-${domain}";
export { retire${Entity} } from "./retire-${entity}";
`,
    [`${folder}/published.ts`]: `import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { create${Entity} } from "./create-${entity}";
import { get${Entity} } from "./get-${entity}";
import { list${Domain} } from "./list-${domain}";
import { retire${Entity} } from "./retire-${entity}";

/** The organisation's ${domain}. */
export const published = publishAll("${domain}", "${Domain}", [
  publish(list${Domain}, { rest: "GET /${domain}", trpc: "list", summary: "The organisation's, newest first" }),
  publish(get${Entity}, { rest: "GET /${domain}/{${entity}Id}", trpc: "get", summary: "One ${entity}" }),
  publish(create${Entity}, { rest: "POST /${domain}", trpc: "create", status: 201, summary: "Makes a ${entity}" }),
  publish(retire${Entity}, {
    rest: "POST /${domain}/{${entity}Id}/retire",
    trpc: "retire",
    summary: "Retires a ${entity} for ever",
  }),
]);
`,
  };
}
