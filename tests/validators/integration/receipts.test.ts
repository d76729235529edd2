import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainHours, chainSyncGaps, chainValidatorHours } from "@/db/schema/chain";
import { provisioningEvents, validatorSetupRequests } from "@/db/schema/validators";
import { getPublicValidator, getReceipts, noteFirstSigned, setPublicPage } from "@/server/domains/validators";
import { readReceipts } from "@/server/domains/validators/public-page/get-receipts";
import { createPerson, type SignedInPerson } from "@/tests/support/factories/identity";
import { createRecordedNetwork, createWatchedValidator } from "@/tests/support/factories/watched-validator";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime();
  ({ networkId } = await createRecordedNetwork(runtime));
});
afterAll(() => runtime.close());

const NOW = new Date();
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
type Validator = Awaited<ReturnType<typeof createWatchedValidator>>;

const change = (validator: Validator, patch: Partial<typeof validatorSetupRequests.$inferInsert>) =>
  runtime.db.update(validatorSetupRequests).set(patch).where(eq(validatorSetupRequests.id, validator.setupRequestId));
const rowOf = async ({ setupRequestId }: Validator) => {
  const [row] = await runtime.db
    .select()
    .from(validatorSetupRequests)
    .where(eq(validatorSetupRequests.id, setupRequestId));
  return row;
};

describe("receipts", () => {
  it("are empty, and not zero of what was never measured, in an installation that did nothing", async () => {
    expect(await readReceipts(runtime.db, NOW)).toMatchObject({
      validators: 0,
      blocks: null,
      setups: null,
      refusedStarts: 0,
      windowDays: 30,
    });
  });

  it("count this installation's own validators, within the window alone", async () => {
    const owners = [await createPerson(runtime), await createPerson(runtime), await createPerson(runtime)];
    const made: Validator[] = [];
    for (const owner of owners) made.push(await createWatchedValidator(runtime, owner, networkId));
    const [first, second, third] = made as [Validator, Validator, Validator];
    // Took 10 s, 20 s and, at its second try, an hour; and one was ready before the window.
    await change(first, { createdAt: ago(DAY), provisioningCompletedAt: ago(DAY - 10_000) });
    await change(second, {
      createdAt: ago(DAY),
      provisioningCompletedAt: ago(DAY - 20_000),
      status: "ended",
      endedAt: NOW,
    });
    await change(third, { createdAt: ago(DAY), provisioningCompletedAt: ago(DAY - HOUR), retryCount: 1 });

    const hour = (consensusAddressHex: string, at: Date, signedBlocks: number, missedBlocks: number) => ({
      networkId,
      consensusAddressHex,
      hourAt: at,
      signedBlocks,
      missedBlocks,
    });
    await runtime.db.insert(chainHours).values({ networkId, hourAt: ago(2 * HOUR), recordedBlocks: 100 });
    await runtime.db
      .insert(chainValidatorHours)
      .values([
        hour(first.consensusAddressHex, ago(2 * HOUR), 90, 10),
        hour(second.consensusAddressHex, ago(3 * HOUR), 50, 0),
        hour(first.consensusAddressHex, ago(31 * DAY), 5, 5_000),
        hour("F".repeat(40), ago(2 * HOUR), 0, 7_000),
      ]);
    const refused = (at: Date, details: Record<string, unknown>) => ({
      setupRequestId: first.setupRequestId,
      organizationId: owners[0]?.organizationId ?? "",
      eventType: "failed" as const,
      message: "It stays down.",
      details,
      at,
    });
    const code = "validators.sign_state_refused";
    await runtime.db
      .insert(provisioningEvents)
      .values([refused(ago(HOUR), { code }), refused(ago(31 * DAY), { code }), refused(ago(HOUR), { code: "other" })]);

    expect(await readReceipts(runtime.db, NOW)).toEqual({
      measuredAt: NOW.toISOString(),
      windowDays: 30,
      validators: 2,
      blocks: { signed: 140, missed: 10, since: ago(3 * HOUR).toISOString() },
      setups: { count: 2, medianMs: 15_000 },
      refusedStarts: 1,
    });
  });

  it("are told again for a while to whoever asks, signed in or not", async () => {
    const anonymous = { ...(await runtime.ctx()), actor: { kind: "anonymous" as const }, organizationId: null };
    const answers = await Promise.all([getReceipts(anonymous, {}), getReceipts(anonymous, {})]);
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe("the first block that a validator signed", () => {
  async function freshValidator(): Promise<{ owner: SignedInPerson; validator: Validator }> {
    const owner = await createPerson(runtime);
    const validator = await createWatchedValidator(runtime, owner, networkId);
    return { owner, validator };
  }

  it("is measured, told once in the story, and shown on the published page", async () => {
    const { owner, validator } = await freshValidator();
    const at = new Date();
    // Twenty blocks a second apart: it is asked from the first on, and signs the fifth and those after it.
    await validator.show({ signatures: `aaaa${"c".repeat(16)}` }, at);
    await change(validator, { createdAt: new Date(at.getTime() - 19_500), completedAt: at });
    expect((await noteFirstSigned(await runtime.ctx(), {})).noted).toBe(1);
    expect((await noteFirstSigned(await runtime.ctx(), {})).noted).toBe(0);
    const row = await rowOf(validator);
    expect(row?.firstSignedAt).toEqual(new Date(at.getTime() - 1_000 - 15_000));
    const events = await runtime.db
      .select()
      .from(provisioningEvents)
      .where(eq(provisioningEvents.setupRequestId, validator.setupRequestId));
    const told = events.filter(({ details }) => details.news === "first_signed");
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain(String(row?.firstSignedHash));
    expect(told[0]?.details).toMatchObject({ heightBlocks: row?.firstSignedHeight?.toString() });

    await setPublicPage(await owner.ctx(), { setupRequestId: validator.setupRequestId, isPublic: true });
    const { operatorAddress } = validator;
    const shown = await getPublicValidator(await runtime.ctx(), { operatorAddress });
    expect(shown.firstSigned?.heightBlocks).toBe(row?.firstSignedHeight?.toString());
  });

  it("is not claimed where the record does not reach back, or has a hole", async () => {
    const { validator } = await freshValidator();
    const at = new Date(Date.now() + 3_600_000);
    // Heights are a validator's own here, and the first ones are taken by the one above.
    await validator.show({}, new Date(at.getTime() - 60_000));
    await validator.show({}, at);
    // Its request is older than every recorded block.
    await change(validator, { createdAt: new Date(0), completedAt: at });
    expect((await noteFirstSigned(await runtime.ctx(), {})).noted).toBe(0);
    await change(validator, { createdAt: new Date(at.getTime() - 15_500) });
    const gap = { networkId, fromHeightBlocks: 0n, toHeightBlocks: 1_000_000n, reason: "gone", recordedAt: at };
    await runtime.db.insert(chainSyncGaps).values(gap);
    expect((await noteFirstSigned(await runtime.ctx(), {})).noted).toBe(0);
    await runtime.db.delete(chainSyncGaps);
    expect((await noteFirstSigned(await runtime.ctx(), {})).noted).toBe(1);
  });
});
