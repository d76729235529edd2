import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { validatorNodes, validatorSetupRequests } from "@/db/schema/validators";
import { prepareTransaction, redeployNode, terminateNode } from "@/server/domains/validators";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { lockSetup } from "@/server/domains/validators/requests/repository";
import { acceptTransaction } from "@/server/domains/validators/requests/submit-transaction";
import { createPerson } from "@/tests/support/factories/identity";
import {
  createTestNetwork,
  createTestSetup,
  makeReadyToSign,
  TEST_DOCUMENT,
} from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

let runtime: TestRuntime;
let networkId: string;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(mkdtempSync(join(tmpdir(), "omniphi-removed-"))) });
  ({ networkId } = await createTestNetwork(runtime));
});
afterAll(() => runtime?.close());

const REMOVED = { kind: "conflict", code: "validators.node_removed" };

it.each(["asked for", "done"])("nobody signs for a validator whose node's removal is %s", async (removal) => {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const { organizationId } = person;
  const { nodeId } = await makeReadyToSign(runtime, { organizationId, setupRequestId, networkId });
  await recordPrepared(await person.ctx(), { setupRequestId, ...TEST_DOCUMENT });

  if (removal === "asked for") await terminateNode(await runtime.ctx(), { nodeId });
  else await runtime.db.update(validatorNodes).set({ status: "terminated" }).where(eq(validatorNodes.id, nodeId));

  const ctx = await person.ctx();
  const { pubkey } = await person.wallet.signBytes(new Uint8Array());
  await expect(prepareTransaction(ctx, { setupRequestId, pubkey, signMode: "direct" })).rejects.toMatchObject(REMOVED);
  await expect(recordPrepared(ctx, { setupRequestId, ...TEST_DOCUMENT })).rejects.toMatchObject(REMOVED);
  const taken = acceptTransaction(ctx, { setupRequestId, txBytes: "AAAA", chainId: "omniphi-localnet-1" });
  await expect(taken).rejects.toMatchObject(REMOVED);
});

it("no operator removes the node of what is signed and on its way", async () => {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const { organizationId } = person;
  const { nodeId } = await makeReadyToSign(runtime, { organizationId, setupRequestId, networkId });
  await runtime.db
    .update(validatorSetupRequests)
    .set({ status: "chain_tx_pending" })
    .where(eq(validatorSetupRequests.id, setupRequestId));
  const refused = { kind: "conflict", code: "chain.transaction_in_flight" };
  await expect(terminateNode(await runtime.ctx(), { nodeId })).rejects.toMatchObject(refused);
});

it("who holds a request while deciding about its node keeps nobody from acting on that node, so that two never wait in a circle", async () => {
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  const { organizationId } = person;
  const { nodeId } = await makeReadyToSign(runtime, { organizationId, setupRequestId, networkId });
  const operator = await runtime.ctx();
  const acted = await runtime.db.transaction(async (tx) => {
    await lockSetup(tx, null, setupRequestId);
    // Locks the node, and writes a line of the request's story.
    return redeployNode(operator, { nodeId });
  });
  expect(acted).toMatchObject({ operation: "redeploy" });
});
