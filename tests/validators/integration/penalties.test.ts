import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { validatorSetupRequests } from "@/db/schema/validators";
import { listSetupEvents, notePenalty } from "@/server/domains/validators";
import { PENALTIES } from "@/server/domains/validators/story/note-penalty";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-penalties-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime?.close());

/** A request in that state, with what its owners read of penalties. */
async function validator(status: string) {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const [row] = await runtime.db
    .update(validatorSetupRequests)
    .set({ status: status as never })
    .where(eq(validatorSetupRequests.id, setupRequestId))
    .returning();
  const told = async (news: { penalty: (typeof PENALTIES)[number]; heightBlocks: string; networkId?: string }) =>
    notePenalty(await runtime.ctx(), { networkId, operatorAddress: row?.operatorAddress ?? "", ...news });
  const story = async () =>
    (await listSetupEvents(await person.ctx(), { setupRequestId }))
      .map(({ message, details }) => ({ message, ...(details as { penalty?: string; heightBlocks?: string }) }))
      .filter(({ penalty }) => penalty !== undefined);
  return { person, setupRequestId, told, story };
}

describe("a penalty of the chain", () => {
  it.each(PENALTIES)("(%s) is told to those who own the validator, once, and is audited for them", async (penalty) => {
    const { person, setupRequestId, told, story } = await validator("active");
    expect(await told({ penalty, heightBlocks: "77" })).toEqual({ isNoted: true });
    expect(await told({ penalty, heightBlocks: "77" })).toEqual({ isNoted: false });
    expect(await story()).toEqual([{ penalty, heightBlocks: "77", message: expect.stringContaining("block 77") }]);

    const audited = await runtime.db.select().from(auditEvents).where(eq(auditEvents.targetId, setupRequestId));
    expect(audited.filter(({ action }) => action === `validators.validator.${penalty}`)).toMatchObject([
      { organizationId: person.organizationId, details: { heightBlocks: "77" } },
    ]);
  });

  it("that comes again later is another line", async () => {
    const { told, story } = await validator("active");
    await told({ penalty: "jailed", heightBlocks: "10" });
    await told({ penalty: "unjailed", heightBlocks: "20" });
    await told({ penalty: "jailed", heightBlocks: "30" });
    expect((await story()).map(({ penalty }) => penalty)).toEqual(["jailed", "unjailed", "jailed"]);
  });

  it("of a validator of others, of another network or of a request that never came to the chain is nobody's news", async () => {
    const unsigned = await validator("ready_for_chain_tx");
    expect(await unsigned.told({ penalty: "jailed", heightBlocks: "5" })).toEqual({ isNoted: false });
    const elsewhere = { operatorAddress: "omnivaloper1nobody", penalty: "jailed" as const, heightBlocks: "5" };
    expect(await notePenalty(await runtime.ctx(), { networkId, ...elsewhere })).toEqual({ isNoted: false });
    const own = await validator("active");
    const before = await runtime.db.$count(auditEvents);
    expect(await own.told({ penalty: "jailed", heightBlocks: "5", networkId: "net_of_others" })).toEqual({
      isNoted: false,
    });
    expect(await own.story()).toEqual([]);
    expect(await runtime.db.$count(auditEvents)).toBe(before);
  });
});
