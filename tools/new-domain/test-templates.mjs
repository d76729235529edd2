/** Integration tests of a new domain, on a real PostgreSQL: each path with its text. */
export function testTemplates({ domain, entity, Entity, Domain }) {
  return {
    [`tests/${domain}/integration/${entity}-life.test.ts`]: `import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import { create${Entity}, get${Entity}, list${Domain}, retire${Entity} } from "@/server/domains/${domain}";
import { createPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

describe("a ${entity}", () => {
  it("is kept with its audit rows and its events, and retires once", async () => {
    const person = await createPerson(runtime);
    const { id } = await create${Entity}(await person.ctx(), { name: "first" });
    await retire${Entity}(await person.ctx(), { ${entity}Id: id });

    expect(await get${Entity}(await person.ctx(), { ${entity}Id: id })).toMatchObject({ name: "first", state: "retired" });
    const audited = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
    expect(audited.map((row) => row.action).sort()).toEqual(["${domain}.${entity}.created", "${domain}.${entity}.retired"]);
    const emitted = (await runtime.db.select().from(outboxEvents)).filter((row) => row.payload.${entity}Id === id);
    expect(emitted.map((row) => row.name).sort()).toEqual(["${domain}/${entity}.created", "${domain}/${entity}.retired"]);
  });

  it("is retired by one of two callers at once; the other is told", async () => {
    const person = await createPerson(runtime);
    const { id } = await create${Entity}(await person.ctx(), { name: "contested" });
    const ctx = await person.ctx();
    const outcomes = await Promise.allSettled([retire${Entity}(ctx, { ${entity}Id: id }), retire${Entity}(ctx, { ${entity}Id: id })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { kind: "invalid_state", code: "${domain}.already_retired" },
    });
  });

  it("is listed newest first, page by page", async () => {
    const person = await createPerson(runtime);
    for (const name of ["one", "two", "three"]) await create${Entity}(await person.ctx(), { name });
    const first = await list${Domain}(await person.ctx(), { limit: 2 });
    const second = await list${Domain}(await person.ctx(), { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["three", "two", "one"]);
    expect(second.nextCursor).toBeNull();
  });
});
`,
    [`tests/${domain}/integration/isolation.test.ts`]: `import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create${Entity}, get${Entity}, list${Domain}, retire${Entity} } from "@/server/domains/${domain}";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let ${entity}Id: string;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  ({ id: ${entity}Id } = await create${Entity}(await owner.ctx(), { name: "owner's" }));
});
afterAll(() => runtime.close());

type Call = (ctx: ServiceCtx<Ports>) => Promise<unknown>;

describe("another organisation's ${entity}", () => {
  it.each([
    ["${domain}.get-${entity}", (ctx) => get${Entity}(ctx, { ${entity}Id })],
    ["${domain}.retire-${entity}", (ctx) => retire${Entity}(ctx, { ${entity}Id })],
  ] satisfies [string, Call][])("is not found by %s, just as if there were none", async (_verb, call) => {
    await expect(call(await stranger.ctx())).rejects.toMatchObject({ kind: "not_found" });
  });

  it("is not in the list, nor made by creating one's own", async () => {
    const own = await create${Entity}(await stranger.ctx(), { name: "stranger's" });
    expect((await list${Domain}(await stranger.ctx(), {})).items.map(({ id }) => id)).toEqual([own.id]);
    expect((await list${Domain}(await owner.ctx(), {})).items.map(({ id }) => id)).toEqual([${entity}Id]);
  });

  it("is still there afterwards", async () => {
    expect(await get${Entity}(await owner.ctx(), { ${entity}Id })).toMatchObject({ state: "active" });
  });
});
`,
  };
}
