import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import * as validators from "@/server/domains/validators";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { acceptTransaction } from "@/server/domains/validators/requests/submit-transaction";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign, TEST_DOCUMENT } from "../../support/factories/validators";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { fakeSetupPorts } from "../../support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
let person: SignedInPerson;
let setupRequestId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-stake-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
beforeEach(async () => {
  person = await createPerson(runtime);
  ({ setupRequestId } = await createTestSetup(person, networkId));
});
afterAll(() => runtime.close());

const stakeNow = async () =>
  (await validators.getSetupRequest(await person.ctx(), { setupRequestId })).setupRequest.selfDelegation;
const change = async (selfDelegation: string) =>
  validators.changeStake(await person.ctx(), { setupRequestId, selfDelegation });
const ready = () => makeReadyToSign(runtime, { organizationId: person.organizationId, setupRequestId, networkId });

it("changes the stake while the node is set up and when it is ready, and the story says so", async () => {
  await change("7000000");
  await ready();
  await change("8000000");
  expect(await stakeNow()).toBe("8000000");
  const story = await validators.listSetupEvents(await person.ctx(), { setupRequestId, after: 0, limit: 50 });
  expect(story.at(-1)?.details).toEqual({ beforeBaseUnits: "7000000", afterBaseUnits: "8000000" });
});

it("takes back the document of the former stake: what another tab still shows cannot be handed in", async () => {
  await ready();
  await recordPrepared(await person.ctx(), { setupRequestId, ...TEST_DOCUMENT });
  await change("7000000");
  const [document] = await runtime.db
    .select()
    .from(chainTransactions)
    .where(eq(chainTransactions.subjectId, setupRequestId));
  expect(document?.status).toBe("superseded");
  const handedIn = acceptTransaction(await person.ctx(), {
    setupRequestId,
    txBytes: "AAAA",
    chainId: "omniphi-localnet-1",
  });
  await expect(handedIn).rejects.toMatchObject({ code: "chain.nothing_prepared" });
});

it("keeps no document of a stake that was changed while the chain was asked", async () => {
  await ready();
  const stakeBaseUnits = await stakeNow();
  await change("9000000");
  const kept = recordPrepared(await person.ctx(), { setupRequestId, stakeBaseUnits, ...TEST_DOCUMENT });
  await expect(kept).rejects.toMatchObject({ kind: "conflict", code: "validators.stake_changed" });
});

it("lets two people change it at once, and the last one counts", async () => {
  await Promise.all([change("3000000"), change("4000000")]);
  expect(["3000000", "4000000"]).toContain(await stakeNow());
});

it("refuses a stake below its own minimum, and any change after the request was given up", async () => {
  await expect(change("1")).rejects.toMatchObject({ fieldErrors: { selfDelegation: [expect.any(String)] } });
  await validators.cancelSetupRequest(await person.ctx(), { setupRequestId });
  await expect(change("7000000")).rejects.toMatchObject({ code: "validators.not_ready_to_sign" });
});
