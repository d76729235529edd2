import { toBase64 } from "@cosmjs/encoding";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { directTransaction, signedTxBytes } from "@/lib/chain/build-transaction";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { recordBroadcast } from "@/server/domains/chain/transactions/record-outcome";
import { recordOutcomeOf } from "@/server/domains/chain/transactions/send-accepted";
import { seedRegions } from "@/server/domains/regions";
import { getSetupRequest, settleTransactions } from "@/server/domains/validators";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { acceptTransaction } from "@/server/domains/validators/requests/submit-transaction";
import { chainActor } from "@/tests/support/chain-actor";
import { createPerson } from "@/tests/support/factories/identity";
import { createTestSetup, makeReadyToSign } from "@/tests/support/factories/validators";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

const CHAIN_ID = "omniphi-localnet-1";
const OMNI = 1_000_000n;

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
  await seedRegions(await runtime.ctx(), {});
});
afterAll(() => runtime?.close());

/** A request whose signed transaction is on its way. */
async function sent() {
  const person = await createPerson(runtime);
  const actor = await chainActor();
  const { setupRequestId } = await createTestSetup(person, "net_of_this_test", {
    walletAddress: actor.address,
    validatorName: "Late outcomes",
  });
  const { consensusPubkey } = await makeReadyToSign(runtime, {
    organizationId: person.organizationId,
    setupRequestId,
    networkId: "net_of_this_test",
  });
  const built = directTransaction({
    chainId: CHAIN_ID,
    accountNumber: 1n,
    sequence: 0n,
    pubkey: actor.pubkey,
    memo: "",
    gasLimit: 400_000n,
    fee: { denom: "omniphi", amountBaseUnits: 20_000n },
    messages: [
      createValidatorMessage({
        operatorAddress: actor.operatorAddress,
        consensusPubkeyBase64: consensusPubkey,
        description: { moniker: "Late outcomes", identity: "", website: "", securityContact: "", details: "" },
        commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
        minSelfDelegationBaseUnits: OMNI,
        selfDelegation: { denom: "omniphi", amountBaseUnits: OMNI },
      }),
    ],
  });
  await recordPrepared(await person.ctx(), {
    setupRequestId,
    signMode: "direct",
    bodyBytesBase64: toBase64(built.bodyBytes),
    authInfoBytesBase64: toBase64(built.authInfoBytes),
    signBytesBase64: toBase64(built.signBytes),
    signerPubkeyBase64: toBase64(actor.pubkey),
    accountNumber: "1",
    sequence: "0",
    fingerprint: built.fingerprint,
  });
  const txBytes = toBase64(signedTxBytes({ ...built, signature: actor.sign(built.signBytes) }));
  const { transactionId } = await acceptTransaction(await person.ctx(), { setupRequestId, txBytes, chainId: CHAIN_ID });
  const ctx = await runtime.ctx();
  const ref = { transactionId };
  await recordBroadcast(ctx, ref);
  const shown = async () => {
    await settleTransactions(ctx, { setupRequestId });
    const [row] = await runtime.db.select().from(chainTransactions).where(eq(chainTransactions.id, transactionId));
    const { setupRequest } = await getSetupRequest(await person.ctx(), { setupRequestId });
    return { transaction: row?.status, height: row?.height, request: setupRequest.status };
  };
  return { ctx, ref, shown };
}

const NOTHING = { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null };
const IN_A_BLOCK = { isFound: true, code: 0, codespace: "", reason: "", heightBlocks: "7" };
const REVERTED = { isFound: true, code: 5, codespace: "sdk", reason: "insufficient funds", heightBlocks: "7" };

describe("what came of a transaction, said a second time", () => {
  it("as never seen does not undo a block that has it, and asks for no second signature", async () => {
    const { ctx, ref, shown } = await sent();
    await recordOutcomeOf(ctx, ref, IN_A_BLOCK);
    const included = { transaction: "included", height: 7n, request: "chain_tx_pending" };
    expect(await shown()).toEqual(included);
    expect(await recordOutcomeOf(ctx, ref, NOTHING)).toEqual({ isIncluded: true });
    expect(await shown()).toEqual(included);
  });

  it("as failed does not undo a block that has it", async () => {
    const { ctx, ref, shown } = await sent();
    await recordOutcomeOf(ctx, ref, IN_A_BLOCK);
    await recordOutcomeOf(ctx, ref, REVERTED);
    expect(await shown()).toEqual({ transaction: "included", height: 7n, request: "chain_tx_pending" });
  });

  it("as in a block is believed after it was called never seen: the chain's word is the last one", async () => {
    const { ctx, ref, shown } = await sent();
    await recordOutcomeOf(ctx, ref, NOTHING);
    expect(await shown()).toEqual({ transaction: "expired", height: null, request: "ready_for_chain_tx" });
    expect(await recordOutcomeOf(ctx, ref, IN_A_BLOCK)).toEqual({ isIncluded: true });
    expect(await shown()).toEqual({ transaction: "included", height: 7n, request: "chain_tx_pending" });
  });
});
