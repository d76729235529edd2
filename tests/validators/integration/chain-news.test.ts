import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { validatorSetupRequests } from "@/db/schema/validators";
import { listSetupEvents, noteNews } from "@/server/domains/validators";
import { NEWS_KINDS } from "@/server/domains/validators/story/news-words";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-news-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime?.close());

/** A request in that state, with what its owners read of news. */
async function validator(status: string) {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const [row] = await runtime.db
    .update(validatorSetupRequests)
    .set({ status: status as never })
    .where(eq(validatorSetupRequests.id, setupRequestId))
    .returning();
  const told = async (news: { kind: (typeof NEWS_KINDS)[number]; heightBlocks: string; networkId?: string }) =>
    noteNews(await runtime.ctx(), { networkId, operatorAddress: row?.operatorAddress ?? "", ...news });
  const story = async () =>
    (await listSetupEvents(await person.ctx(), { setupRequestId }))
      .map(({ message, details }) => ({ message, ...(details as { news?: string; heightBlocks?: string }) }))
      .filter(({ news }) => news !== undefined);
  return { person, setupRequestId, told, story };
}

describe("news of the chain", () => {
  it.each(NEWS_KINDS)("(%s) is told to those who own the validator, once, and is audited for them", async (kind) => {
    const { person, setupRequestId, told, story } = await validator("active");
    expect(await told({ kind, heightBlocks: "77" })).toEqual({ isNoted: true });
    expect(await told({ kind, heightBlocks: "77" })).toEqual({ isNoted: false });
    expect(await story()).toMatchObject([
      { news: kind, heightBlocks: "77", message: expect.stringContaining("block 77") },
    ]);

    const audited = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, setupRequestId));
    expect(audited.filter(({ action }) => action === `validators.validator.${kind}`)).toMatchObject([
      { organizationId: person.organizationId, details: { heightBlocks: "77" } },
    ]);
  });

  it("that comes again later is another line", async () => {
    const { told, story } = await validator("active");
    await told({ kind: "jailed", heightBlocks: "10" });
    await told({ kind: "unjailed", heightBlocks: "20" });
    await told({ kind: "jailed", heightBlocks: "30" });
    expect((await story()).map(({ news }) => news)).toEqual(["jailed", "unjailed", "jailed"]);
  });

  it("of a validator of others, of another network or of a request that never came to the chain is nobody's news", async () => {
    const unsigned = await validator("ready_for_chain_tx");
    expect(await unsigned.told({ kind: "jailed", heightBlocks: "5" })).toEqual({ isNoted: false });
    const elsewhere = { operatorAddress: "omnivaloper1nobody", kind: "jailed" as const, heightBlocks: "5" };
    expect(await noteNews(await runtime.ctx(), { networkId, ...elsewhere })).toEqual({ isNoted: false });
    const own = await validator("active");
    const before = await runtime.db.$count(auditEvents);
    expect(await own.told({ kind: "jailed", heightBlocks: "5", networkId: "net_of_others" })).toEqual({
      isNoted: false,
    });
    expect(await own.story()).toEqual([]);
    expect(await runtime.db.$count(auditEvents)).toBe(before);
  });
});
