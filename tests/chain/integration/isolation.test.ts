import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { find, requestDrip } from "@/server/domains/chain";
import { listTransactionsOf } from "@/server/domains/chain/transactions/repository";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign, TEST_DOCUMENT } from "../../support/factories/validators";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let setupRequestId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-isolation-"))) });
  ({ networkId } = await createTestNetwork(runtime));
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  ({ setupRequestId } = await createTestSetup(owner, networkId));
  await makeReadyToSign(runtime, { organizationId: owner.organizationId, setupRequestId, networkId });
  await recordPrepared(await owner.ctx(), { setupRequestId, ...TEST_DOCUMENT });
});
afterAll(() => runtime.close());

describe("another organisation's transactions", () => {
  it("are the same as none, whatever their subject", async () => {
    const subject = { kind: "setupRequest", id: setupRequestId };
    const listOf = async (person: SignedInPerson) => {
      const { organizationId } = await person.ctx();
      if (organizationId === null) throw new Error("a person of a test has an organisation");
      return listTransactionsOf(runtime.db, organizationId, subject);
    };
    expect(await listOf(owner)).toMatchObject([{ status: "prepared" }]);
    expect(await listOf(stranger)).toEqual([]);
  });
});

describe("what the palette finds of the chain", () => {
  it("has a transaction in it for its own organisation alone", async () => {
    const txHash = "EF".repeat(32);
    await runtime.db.update(chainTransactions).set({ txHash }).where(eq(chainTransactions.subjectId, setupRequestId));
    expect((await find(await owner.ctx(), { words: txHash })).items).toHaveLength(1);
    expect((await find(await stranger.ctx(), { words: txHash })).items).toEqual([]);
  });
});

describe("the faucet", () => {
  it("pays nobody who acts for no organisation", async () => {
    const drip = requestDrip(await runtime.ctx({ actor: stranger.actor }), {
      networkId,
      address: owner.wallet.address,
    });
    await expect(drip).rejects.toMatchObject({ code: "auth.organization_missing" });
  });
});
