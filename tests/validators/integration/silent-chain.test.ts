import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { getSetupRequest, prepareTransaction, submitTransaction, syncWaitingSetups } from "@/server/domains/validators";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestNetwork, createTestSetup, makeReadyToSign } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { writeFakeChain } from "@/tests/support/validators/fake-chains";
import { fakeSetupControl, fakeSetupPorts } from "@/tests/support/validators/fake-setup-ports";

const dir = mkdtempSync(join(tmpdir(), "omniphi-silent-"));
const { chainFile } = fakeSetupControl(dir);

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime({ ports: fakeSetupPorts(dir) });
});
afterAll(() => runtime?.close());

it("whose transaction waits for a silent chain is told so, and no longer once it answers", async () => {
  const { networkId } = await createTestNetwork(runtime);
  const person = await createPerson(runtime);
  const { setupRequestId } = await createTestSetup(person, networkId);
  await makeReadyToSign(runtime, { organizationId: person.organizationId, setupRequestId, networkId });
  const { pubkey } = await person.wallet.signBytes(new Uint8Array());
  const prepared = await prepareTransaction(await person.ctx(), { setupRequestId, pubkey, signMode: "direct" });
  const { signature } = await person.wallet.signBytes(fromBase64(prepared.signBytes));
  const txBytes = signedTxBytes({
    bodyBytes: fromBase64(prepared.bodyBytes),
    authInfoBytes: fromBase64(prepared.authInfoBytes),
    signature: fromBase64(signature),
  });
  await submitTransaction(await person.ctx(), { setupRequestId, txBytes: toBase64(txBytes) });
  const said = async () => {
    await syncWaitingSetups(await runtime.ctx(), { pageSize: 10 });
    const { setupRequest } = await getSetupRequest(await person.ctx(), { setupRequestId });
    return [setupRequest.status, setupRequest.statusMessage];
  };

  expect(await said()).toEqual(["chain_tx_pending", "The signed transaction is on its way to the chain."]);
  writeFakeChain(chainFile, { isDown: true });
  const silent = await said();
  expect(silent[0]).toBe("chain_tx_pending");
  expect(silent[1]).toContain("nothing has to be signed again");
  expect(silent[1]).toContain("The fake chain does not answer");
  writeFakeChain(chainFile, { isDown: false });
  expect(await said()).toEqual(["chain_tx_pending", "The signed transaction is on its way to the chain."]);
});
