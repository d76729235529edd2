/** A factory and the tests of a new domain, on a real PostgreSQL. */
export function testTemplates({ domain, entity, Entity, plural, Plural, one, One }) {
  return {
    [`tests/support/factories/${domain}.ts`]: `import { create${Entity} } from "@/server/domains/${domain}";
import type { SignedInPerson } from "./identity";

/** ${One} of that person's organisation. */
export async function createTest${Entity}(owner: SignedInPerson, name = "${one}"): Promise<{ ${entity}Id: string }> {
  const { id } = await create${Entity}(await owner.ctx(), { name });
  return { ${entity}Id: id };
}

/** One of each kind of the domain's ids, for whoever tries them with a stranger's. @public */
export const idsOf = async (owner: SignedInPerson): Promise<Readonly<Record<string, string>>> => ({
  ${entity}: (await createTest${Entity}(owner)).${entity}Id,
});
`,
    [`tests/${domain}/integration/${entity}-life.test.ts`]: `import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import { get${Entity}, list${Plural}, record${Entity}Ready, retire${Entity} } from "@/server/domains/${domain}";
import { createTest${Entity} } from "../../support/factories/${domain}";
import { createPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

describe("${one}", () => {
  it("is kept with its audit rows and its event", async () => {
    const person = await createPerson(runtime);
    const { ${entity}Id } = await createTest${Entity}(person, "first");
    await record${Entity}Ready(await runtime.ctx(), { ${entity}Id });
    await retire${Entity}(await person.ctx(), { ${entity}Id });

    expect(await get${Entity}(await person.ctx(), { ${entity}Id })).toMatchObject({ name: "first", status: "retired" });
    const audited = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, ${entity}Id));
    expect(audited.map((row) => row.action).sort()).toEqual([
      "${domain}.${entity}.created",
      "${domain}.${entity}.ready",
      "${domain}.${entity}.retired",
    ]);
    const emitted = (await runtime.db.select().from(outboxEvents)).filter((row) => row.payload.${entity}Id === ${entity}Id);
    expect(emitted.map((row) => row.name)).toEqual(["${domain}/${entity}.created"]);
  });

  it("is retired by one of two callers at once; the other is told", async () => {
    const person = await createPerson(runtime);
    const { ${entity}Id } = await createTest${Entity}(person);
    const ctx = await person.ctx();
    const outcomes = await Promise.allSettled([retire${Entity}(ctx, { ${entity}Id }), retire${Entity}(ctx, { ${entity}Id })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { kind: "invalid_state", code: "${domain}.invalid_transition" },
    });
  });

  it("is listed newest first, page by page", async () => {
    const person = await createPerson(runtime);
    for (const name of ["one", "two", "three"]) await createTest${Entity}(person, name);
    const first = await list${Plural}(await person.ctx(), { limit: 2 });
    const second = await list${Plural}(await person.ctx(), { limit: 2, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["three", "two", "one"]);
    expect(second.nextCursor).toBeNull();
  });
});
`,
    [`tests/${domain}/integration/isolation.test.ts`]: `import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create${Entity}, get${Entity}, list${Plural}, retire${Entity} } from "@/server/domains/${domain}";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { createTest${Entity} } from "../../support/factories/${domain}";
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
  ({ ${entity}Id } = await createTest${Entity}(owner));
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
    expect((await list${Plural}(await stranger.ctx(), {})).items.map(({ id }) => id)).toEqual([own.id]);
    expect((await list${Plural}(await owner.ctx(), {})).items.map(({ id }) => id)).toEqual([${entity}Id]);
  });

  it("is still there afterwards", async () => {
    expect(await get${Entity}(await owner.ctx(), { ${entity}Id })).toMatchObject({ status: "pending" });
  });
});
`,
    [`tests/${domain}/integration/kill-work.test.ts`]: `import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { get${Entity} } from "@/server/domains/${domain}";
import { work } from "@/server/domains/${domain}/work";
import { runWork, type WorkDriver } from "@/server/kernel/work/run-work";
import type { Ports } from "@/server/ports/ports";
import { createTest${Entity} } from "../../support/factories/${domain}";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { nameOfPoint, pointsOfWork } from "../../support/validators/kill-plan";

let runtime: TestRuntime;
let owner: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
});
afterAll(() => runtime.close());

/** An engine whose process dies at the named point of a step, before or after its body. */
const dyingAt = (runId: string, point: { stepId: string; phase: string } | null): WorkDriver<Ports> => ({
  runId,
  step: async (_name, stepId, body) => {
    if (point?.stepId === stepId && point.phase === "before") throw new Error("the process died");
    const end = await body(await runtime.ctx());
    if (point?.stepId === stepId && point.phase === "after") throw new Error("the process died");
    return end;
  },
  pause: async () => undefined,
  failureOf: () => ({ code: "test.died", message: "the process died" }),
});

describe("declared work, killed at each of its points", () => {
  it.each(work.flatMap(pointsOfWork).map((point) => [nameOfPoint(point), point] as const))(
    "%s, is done once by the run after it",
    async (_name, point) => {
      const { ${entity}Id } = await createTest${Entity}(owner);
      const { organizationId } = owner;
      for (const declared of work) {
        const event = { name: declared.on[0]?.name ?? "", data: { ${entity}Id, organizationId } };
        await runWork(declared, dyingAt("killed", point), event).catch(() => undefined);
        await runWork(declared, dyingAt("killed", null), event);
      }
      expect(await get${Entity}(await owner.ctx(), { ${entity}Id })).toMatchObject({ status: "ready" });
      const told = and(eq(auditEvents.targetId, ${entity}Id), eq(auditEvents.action, "${domain}.${entity}.ready"));
      expect(await runtime.db.select().from(auditEvents).where(told)).toHaveLength(1);
    },
  );
});
`,
    [`tests/${domain}/http/${plural}.test.ts`]: `import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTest${Entity} } from "../../support/factories/${domain}";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
});
afterAll(() => runtime.close());

describe("/api/v1/${plural}", () => {
  it("makes one, shows it and retires it", async () => {
    const bearer = owner.accessToken;
    const made = await callApi("POST", "/api/v1/${plural}", { bearer, json: { name: "first" } });
    expect([made.status, made.body.status]).toEqual([201, "pending"]);
    const read = await callApi("GET", \`/api/v1/${plural}/\${made.body.id}\`, { bearer });
    expect([read.status, read.body]).toEqual([200, made.body]);
    const retired = await callApi("POST", \`/api/v1/${plural}/\${made.body.id}/retire\`, { bearer, json: {} });
    expect([retired.status, retired.body.status]).toEqual([200, "retired"]);
  });

  it("answers 401 to nobody and 404 to another organisation", async () => {
    const { ${entity}Id } = await createTest${Entity}(owner);
    expect((await callApi("GET", \`/api/v1/${plural}/\${${entity}Id}\`)).status).toBe(401);
    const bearer = stranger.accessToken;
    expect((await callApi("GET", \`/api/v1/${plural}/\${${entity}Id}\`, { bearer })).status).toBe(404);
    expect((await callApi("POST", \`/api/v1/${plural}/\${${entity}Id}/retire\`, { bearer, json: {} })).status).toBe(404);
  });
});
`,
    [`tests/${domain}/e2e/${plural}.spec.ts`]: `import { expect, test } from "@playwright/test";
import { signInInBrowser } from "../../support/e2e/browser-person";
import { expectAccessible } from "../../support/e2e/looks";

test("a newcomer makes ${one}, sees it become ready, and reads it on a page of its own", async ({ page }) => {
  await signInInBrowser(page);
  await page.getByRole("link", { name: "${Plural}", exact: true }).click();
  await expect(page.getByRole("heading", { name: "No ${plural} yet" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "New ${entity}" }).click();
  const dialog = page.getByRole("dialog", { name: "New ${entity}" });
  await expect(dialog.getByRole("button", { name: "Make ${entity}" })).toBeDisabled();
  await dialog.getByLabel("Name").fill("Lighthouse");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make ${entity}" }).click();
  await expect(dialog).toBeHidden();

  const row = page.getByRole("row").filter({ hasText: "Lighthouse" });
  await expect(row.getByText("Ready")).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await row.getByRole("link", { name: "Lighthouse" }).click();
  await expect(page.getByRole("heading", { name: "Lighthouse", level: 1 })).toBeVisible();
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  await expectAccessible(page);
});
`,
  };
}
