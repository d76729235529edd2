import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outboxEvents } from "@/db/schema/system";
import { validatorSetupRequests } from "@/db/schema/validators";
import { seedRegions } from "@/server/domains/regions";
import { markSetupFailed, retrySetupRequest } from "@/server/domains/validators";
import { SETUP_TIMEOUT_MINUTES } from "@/server/domains/validators/constants";
import { setupRequested } from "@/server/domains/validators/events";
import { beginStep } from "@/server/domains/validators/requests/attempt";
import { recordReleased } from "@/server/domains/validators/requests/record-released";
import { provision } from "@/server/domains/validators/work/provision";
import type { ServiceCtx } from "@/server/kernel/context";
import { sweepWork } from "@/server/kernel/work/sweep-work";
import { chainActor } from "@/tests/support/chain-actor";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestSetup } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
});
afterAll(() => runtime?.close());

const after = <Ctx extends ServiceCtx>(minutes: number, ctx: Ctx): Ctx => ({
  ...ctx,
  now: () => new Date(Date.now() + minutes * 60_000),
});

async function setup() {
  const person = await createPerson(runtime);
  const actor = await chainActor();
  const { setupRequestId } = await createTestSetup(person, "net_of_this_test", {
    walletAddress: actor.address,
    validatorName: "In time",
  });
  await beginStep(await runtime.ctx(), { setupRequestId, generation: 1, step: "reserve" });
  const row = async () => {
    const [found] = await runtime.db
      .select()
      .from(validatorSetupRequests)
      .where(eq(validatorSetupRequests.id, setupRequestId));
    return found;
  };
  const sweep = async (minutes: number) => sweepWork(provision, after(minutes, await runtime.ctx()));
  return { person, setupRequestId, row, sweep };
}

describe("a setup", () => {
  it("is given up after its time, with a sentence, and not before", async () => {
    const { row, sweep } = await setup();
    await sweep(SETUP_TIMEOUT_MINUTES - 1);
    expect((await row())?.status).toBe("pending");
    await sweep(SETUP_TIMEOUT_MINUTES + 1);
    expect(await row()).toMatchObject({ status: "failed", errorCode: "validators.setup_timeout" });
  });

  it("that nothing is heard of is sent again every few minutes, not at each look", async () => {
    const { setupRequestId, sweep } = await setup();
    const sent = async () => {
      const rows = await runtime.db.select().from(outboxEvents).where(eq(outboxEvents.name, setupRequested.name));
      return rows.filter(({ payload }) => payload.setupRequestId === setupRequestId).length;
    };
    const counts: number[] = [];
    for (const minutes of [1, 4, 5, 6, 8, 9]) {
      await sweep(minutes);
      counts.push(await sent());
    }
    expect(counts).toEqual([1, 2, 2, 2, 3, 3]);
  });

  it("has its whole time again when it is tried again, however long ago it first began", async () => {
    const { person, setupRequestId, row, sweep } = await setup();
    const ctx = await runtime.ctx();
    await markSetupFailed(ctx, { setupRequestId, reason: "the host was taken away" });
    await recordReleased(ctx, { setupRequestId, isVolumeRemoved: true });
    const laterMinutes = 120;
    await retrySetupRequest(after(laterMinutes, await person.ctx()), { setupRequestId });
    await sweep(laterMinutes + SETUP_TIMEOUT_MINUTES - 1);
    expect(await row()).toMatchObject({ status: "pending", generation: 2 });
    await sweep(laterMinutes + SETUP_TIMEOUT_MINUTES + 1);
    expect(await row()).toMatchObject({ status: "failed", errorCode: "validators.setup_timeout" });
  });
});
