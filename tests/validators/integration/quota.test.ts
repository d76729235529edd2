import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validatorSetupRequests } from "@/db/schema/validators";
import { createOrganization, switchOrganization } from "@/server/domains/identity";
import { cancelSetupRequest, expireUnsignedSetups, getSetupRequest, requestSetup } from "@/server/domains/validators";
import { SETUP_LIMITS, UNSIGNED_NODE_EXPIRES_AFTER_HOURS } from "@/server/domains/validators/constants";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup } from "../../support/factories/validators";
import { FakeChain, fakeChainNodes } from "../../support/fakes/chain-node";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { createTestWallet } from "../../support/test-wallet";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-quota-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime.close());

const limitOf = (of: "person" | "organization", state: "unsigned" | "live") =>
  SETUP_LIMITS.find((limit) => limit.of === of && limit.state === state)?.max ?? 0;

/** Asks for one more validator, of a wallet that nobody has used. */
async function begin(person: SignedInPerson) {
  const { address } = await createTestWallet();
  return (await createTestSetup(person, networkId, { walletAddress: address, validatorName: "One of many" })).setup;
}
const setState = (id: string, change: Partial<typeof validatorSetupRequests.$inferInsert>) =>
  runtime.db.update(validatorSetupRequests).set(change).where(eq(validatorSetupRequests.id, id));

describe("nodes that nobody has signed for", () => {
  it("are a few for one person, whatever the organisation, until one is signed for or given up", async () => {
    const person = await createPerson(runtime);
    const setups = [];
    for (let made = 0; made < limitOf("person", "unsigned"); made += 1) setups.push(await begin(person));
    const refused = { kind: "limit_exceeded", code: "validators.too_many_setups" };
    await expect(begin(person)).rejects.toMatchObject(refused);
    const { id: organizationId } = await createOrganization(await person.ctx(), { name: "Another" });
    await switchOrganization(await person.ctx(), { organizationId });
    await expect(begin(person)).rejects.toMatchObject(refused);
    await switchOrganization(await person.ctx(), { organizationId: person.organizationId });
    await cancelSetupRequest(await person.ctx(), { setupRequestId: setups[0]?.id ?? "" });
    // Given up is not given back: its node may still stand.
    await expect(begin(person)).rejects.toMatchObject(refused);
    await setState(setups[0]?.id ?? "", { releasedAt: new Date() });
    await begin(person);
    await setState(setups[1]?.id ?? "", { status: "active" });
    await begin(person);
    await expect(begin(person)).rejects.toMatchObject(refused);
  });

  it("are no more when many are asked for at once", async () => {
    const person = await createPerson(runtime);
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => begin(person)));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(limitOf("person", "unsigned"));
  });

  it("end with a sentence after their time, and give back what they hold", async () => {
    const person = await createPerson(runtime);
    const [waiting, late, signed] = [await begin(person), await begin(person), await begin(person)];
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const ready = { status: "ready_for_chain_tx" as const };
    await setState(waiting.id, { ...ready, provisioningCompletedAt: hoursAgo(UNSIGNED_NODE_EXPIRES_AFTER_HOURS - 1) });
    await setState(late.id, { ...ready, provisioningCompletedAt: hoursAgo(UNSIGNED_NODE_EXPIRES_AFTER_HOURS + 1) });
    // What went out may be in a block yet, so its key is not given back by the clock.
    await setState(signed.id, {
      ...ready,
      provisioningCompletedAt: hoursAgo(UNSIGNED_NODE_EXPIRES_AFTER_HOURS + 1),
      chainTxHash: "A".repeat(64),
    });
    const viewOf = async (setupRequestId: string) =>
      (await getSetupRequest(await person.ctx(), { setupRequestId })).setupRequest;
    const until = Date.parse((await viewOf(waiting.id)).waitsUnsignedUntil ?? "");
    expect(Math.abs(until - Date.now() - 3_600_000)).toBeLessThan(60_000);

    expect(await expireUnsignedSetups(await runtime.ctx(), {})).toMatchObject({ expired: 1 });
    expect(await viewOf(waiting.id)).toMatchObject({ status: "ready_for_chain_tx" });
    expect(await viewOf(signed.id)).toMatchObject({ status: "ready_for_chain_tx", waitsUnsignedUntil: null });
    expect(await viewOf(late.id)).toMatchObject({
      status: "cancelled",
      errorCode: "validators.signature_overdue",
      statusMessage: expect.stringContaining("Nobody signed within"),
      isCleaningUp: true,
      waitsUnsignedUntil: null,
    });
    expect(await expireUnsignedSetups(await runtime.ctx(), {})).toMatchObject({ expired: 0 });
  });
});

describe("a wallet without coins", () => {
  it("gets no node where no faucet would give it any, and one as soon as it holds them", async () => {
    const chain = new FakeChain();
    chain.advance(5);
    const other = await createTestRuntime({ ports: { chains: fakeChainNodes(chain) } });
    try {
      const { networkId: testnetId } = await createTestNetwork(other, "testnet");
      const person = await createPerson(other);
      const ask = async () =>
        requestSetup(await person.ctx(), {
          networkId: testnetId,
          walletAddress: person.wallet.address,
          validatorName: "With coins",
          commissionRate: "0.1",
          selfDelegation: "1000000",
          runMode: "cloud",
          regionCode: "us-east",
          tierCode: "small",
        });
      const missing = { kind: "payment_required", code: "validators.coins_missing" };
      await expect(ask()).rejects.toMatchObject(missing);
      // The self-delegation alone does not pay the fee.
      chain.ledger.credit(person.wallet.address, 1_000_000n);
      await expect(ask()).rejects.toMatchObject(missing);
      chain.ledger.credit(person.wallet.address, 1_000_000n);
      expect((await ask()).setupRequest.status).toBe("pending");
    } finally {
      await other.close();
    }
  });
});
