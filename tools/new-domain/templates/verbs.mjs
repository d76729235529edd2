/** What can be done with the entity, what happens for it, and how both are published. */
export function verbTemplates({ domain, Domain, entity, Entity, ENTITY, plural, Plural, one, One }) {
  const folder = `server/domains/${domain}`;
  return {
    [`${folder}/schemas.ts`]: `import { z } from "zod";
import { ${ENTITY}_STATUSES } from "@/db/states/${domain}";
import { listInput } from "@/server/kernel/pagination";
import { instantText, nameText } from "@/server/kernel/text";
import { ${ENTITY}_NAME_MAX_CHARACTERS } from "./constants";
import { ${domain}Domain } from "./domain";

/** One ${entity} as its organisation sees it. */
export const ${Entity} = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(${ENTITY}_STATUSES),
  createdAt: instantText,
});
export type ${Entity} = z.infer<typeof ${Entity}>;

export const ${Entity}Page = z.strictObject({ items: z.array(${Entity}), nextCursor: z.string().nullable() });
export const ${Entity}Ref = z.strictObject({ ${entity}Id: ${domain}Domain.idText("${entity}") });
export const Create${Entity}Input = z.strictObject({ name: nameText(${ENTITY}_NAME_MAX_CHARACTERS) });
export const List${Plural}Input = z.strictObject({ ...listInput });
`,
    [`${folder}/errors.ts`]: `import { notFound } from "@/server/kernel/errors";

/** 404: there is none, or it is another organisation's. */
export const ${entity}NotFound = (id: string) =>
  notFound("${domain}.not_found", "There is no such ${entity}. Choose one of the list.", { details: { id } });
`,
    [`${folder}/events.ts`]: `import { z } from "zod";
import { defineEvent } from "@/server/kernel/events";

/** ${One} was asked for. */
export const ${entity}Created = defineEvent(
  "${domain}/${entity}.created",
  z.object({ ${entity}Id: z.string(), organizationId: z.string() }),
);
`,
    [`${folder}/to-${entity}.ts`]: `import type { ${Entity}Row } from "./repository";
import type { ${Entity} } from "./schemas";

/** A row as its organisation sees it. */
export const to${Entity} = (row: ${Entity}Row): ${Entity} => ({
  id: row.id,
  name: row.name,
  status: row.status,
  createdAt: row.createdAt.toISOString(),
});
`,
    [`${folder}/create-${entity}.ts`]: `import { defineCommand } from "@/server/kernel/verbs";
import { ${domain}Domain } from "./domain";
import { ${entity}Created } from "./events";
import { insert${Entity} } from "./repository";
import { Create${Entity}Input, ${Entity} } from "./schemas";
import { to${Entity} } from "./to-${entity}";

/** Asks for ${one}; its work makes it ready. */
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
      status: "pending",
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    ctx.audit({ action: "${domain}.${entity}.created", targetType: "${entity}", targetId: row.id });
    await ctx.emit(${entity}Created, { ${entity}Id: row.id, organizationId: row.organizationId });
    return to${Entity}(row);
  },
});
`,
    [`${folder}/prepare-${entity}.ts`]: `import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { ${entity}NotFound } from "./errors";
import { ${entity}Machine } from "./machine";
import { find${Entity} } from "./repository";
import { ${Entity}Ref } from "./schemas";

/** Notes that the ${entity} is ready. @throws not_found ${domain}.not_found, invalid_state ${domain}.invalid_transition */
export const record${Entity}Ready = defineCommand({
  verb: "${domain}.record-${entity}-ready",
  scope: "platform:write",
  tenancy: "platform",
  input: ${Entity}Ref,
  run: async (ctx, input) => {
    const row = await find${Entity}(ctx.tx, null, input.${entity}Id);
    if (!row) throw ${entity}NotFound(input.${entity}Id);
    await move(ctx, ${entity}Machine, row, "ready");
    return {};
  },
});
`,
    [`${folder}/retire-${entity}.ts`]: `import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { ${entity}NotFound } from "./errors";
import { ${entity}Machine } from "./machine";
import { find${Entity} } from "./repository";
import { ${Entity}, ${Entity}Ref } from "./schemas";
import { to${Entity} } from "./to-${entity}";

/** Retires ${one} for ever. @throws not_found ${domain}.not_found, invalid_state ${domain}.invalid_transition */
export const retire${Entity} = defineCommand({
  verb: "${domain}.retire-${entity}",
  scope: "${domain}:write",
  tenancy: "organization",
  input: ${Entity}Ref,
  output: ${Entity},
  run: async (ctx, input) => {
    const row = await find${Entity}(ctx.tx, ctx.organizationId, input.${entity}Id);
    if (!row) throw ${entity}NotFound(input.${entity}Id);
    return to${Entity}(await move(ctx, ${entity}Machine, row, "retired"));
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
    [`${folder}/list-${plural}.ts`]: `import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { list${Entity}Rows } from "./repository";
import { ${Entity}Page, List${Plural}Input } from "./schemas";
import { to${Entity} } from "./to-${entity}";

/** The organisation's, newest first. */
export const list${Plural} = defineQuery({
  verb: "${domain}.list-${plural}",
  scope: "${domain}:read",
  tenancy: "organization",
  input: List${Plural}Input,
  output: ${Entity}Page,
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
    [`${folder}/work.ts`]: `import "server-only";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { ${ENTITY}_STEPS } from "./constants";
import { ${entity}Created } from "./events";
import { record${Entity}Ready } from "./prepare-${entity}";
import { find${Entity}, listPending${Plural} } from "./repository";

/** Makes ${one} ready after it was asked for. */
const prepare${Entity} = defineWork<Ports>()({
  id: "${domain}.prepare-${entity}",
  on: [${entity}Created],
  subject: "${entity}Id",
  words: ${ENTITY}_STEPS,
  steps: {
    prepare: {
      run: async (ctx, { data: { ${entity}Id } }) => {
        const row = await find${Entity}(ctx.db, null, ${entity}Id);
        // Retired meanwhile, or readied by a run whose answer was lost.
        if (row?.status === "pending") await record${Entity}Ready(ctx, { ${entity}Id });
        return { message: "It is ready." };
      },
    },
  },
  concurrency: { oneAtATimeBy: "${entity}Id" },
  tries: 11,
  stalled: async (db, page) =>
    (await listPending${Plural}(db, page)).map((row) => ({
      id: row.id,
      event: ${entity}Created,
      data: { ${entity}Id: row.id, organizationId: row.organizationId },
      changedAt: row.updatedAt,
      beganAt: row.createdAt,
    })),
});

/** All durable work of the domain. */
export const work = [prepare${Entity}] as const;
`,
    [`${folder}/published.ts`]: `import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { create${Entity} } from "./create-${entity}";
import { get${Entity} } from "./get-${entity}";
import { list${Plural} } from "./list-${plural}";
import { retire${Entity} } from "./retire-${entity}";

/** The organisation's ${plural}, for pages and programs. */
export const published = publishAll("${domain}", "${Domain}", [
  publish(list${Plural}, { rest: "GET /${plural}", trpc: "list${Plural}", summary: "The organisation's ${plural}, newest first" }),
  publish(create${Entity}, { rest: "POST /${plural}", trpc: "create${Entity}", status: 201, summary: "Asks for one ${entity}" }),
  publish(get${Entity}, { rest: "GET /${plural}/{${entity}Id}", trpc: "get${Entity}", summary: "One ${entity}" }),
  publish(retire${Entity}, { rest: "POST /${plural}/{${entity}Id}/retire", trpc: "retire${Entity}", summary: "Retires one ${entity} for ever" }),
]);
`,
    [`${folder}/index.ts`]: `import "server-only";

export { create${Entity} } from "./create-${entity}";
export { get${Entity} } from "./get-${entity}";
export { list${Plural} } from "./list-${plural}";
export { record${Entity}Ready } from "./prepare-${entity}";
export { retire${Entity} } from "./retire-${entity}";
`,
  };
}
