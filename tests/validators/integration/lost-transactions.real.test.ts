import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { resumeTransactions } from "@/server/domains/chain";
import { recordBroadcast } from "@/server/domains/chain/transactions/record-outcome";
import { recordOutcomeOf } from "@/server/domains/chain/transactions/send-accepted";
import { syncWaitingSetups } from "@/server/domains/validators";
import { createSigningStage, type Signer, type SigningStage, sign } from "@/tests/support/validators/signing-stage";

let stage: SigningStage;
beforeAll(async () => {
  stage = await createSigningStage();
});
afterAll(() => stage?.close());

/** What the sweeps do so many minutes from now: chain takes lost transactions up, validators takes in what came of them. */
async function sweepAfter(minutes: number) {
  const ctx = await stage.runtime.ctx();
  const swept = await resumeTransactions(
    { ...ctx, now: () => new Date(Date.now() + minutes * 60_000) },
    { pageSize: 1 },
  );
  await syncWaitingSetups(ctx, { pageSize: 1 });
  return swept;
}

const submitted = async (signer: Signer) => signer.submit(sign(signer.actor, await signer.prepare()));

const rowOf = (transactionId: string) =>
  stage.runtime.db.select().from(chainTransactions).where(eq(chainTransactions.id, transactionId));

async function statusOf(transactionId: string) {
  const [row] = await rowOf(transactionId);
  return row?.status;
}

/** What a run says that looked for as long as it may, and the request's own domain takes in. */
async function expire(transactionId: string) {
  const ctx = await stage.runtime.ctx();
  const unseen = { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null };
  await recordOutcomeOf(ctx, { transactionId }, unseen);
  expect(await statusOf(transactionId)).toBe("expired");
  await syncWaitingSetups(ctx, { pageSize: 1 });
}

describe("a signed transaction whose run was lost", () => {
  it("before it was sent is left to its run at first, then sent, found and recorded", async () => {
    const signer = await stage.createSigner();
    const { transactionId, txHash } = await submitted(signer);
    const before = stage.rest.broadcasts();
    expect(await sweepAfter(0)).toEqual({ resumed: 0 });
    expect(stage.rest.broadcasts()).toBe(before);

    expect(await sweepAfter(4)).toEqual({ resumed: 1 });
    expect(stage.rest.broadcasts()).toBe(before + 1);
    await expect
      .poll(() => stage.chain.transaction(txHash, { maxAgeMs: 0 }).catch(() => null), { timeout: 30_000 })
      .toMatchObject({ code: 0 });
    await sweepAfter(4);
    expect(await statusOf(transactionId)).toBe("included");
    expect(stage.rest.broadcasts()).toBe(before + 1);
    await syncWaitingSetups(await stage.runtime.ctx(), { pageSize: 1 });
    expect(await signer.view()).toMatchObject({ status: "active", chainTxHash: txHash });
    expect(await sweepAfter(60)).toEqual({ resumed: 0 });
  });

  it("after it fell out of the mempool is sent again by the same bytes, and nobody signs twice", async () => {
    const signer = await stage.createSigner();
    const { transactionId, txHash } = await submitted(signer);
    const before = stage.rest.broadcasts();
    // Told to be in the mempool, and in none.
    await recordBroadcast(await stage.runtime.ctx(), { transactionId });

    expect(await sweepAfter(10)).toEqual({ resumed: 1 });
    expect(stage.rest.broadcasts()).toBe(before + 1);
    await expect
      .poll(() => stage.chain.transaction(txHash, { maxAgeMs: 0 }).catch(() => null), { timeout: 30_000 })
      .toMatchObject({ code: 0 });
    await sweepAfter(16);
    expect(await statusOf(transactionId)).toBe("included");
    await syncWaitingSetups(await stage.runtime.ctx(), { pageSize: 1 });
    expect(await signer.view()).toMatchObject({ status: "active", chainTxHash: txHash });
  });

  it("that no block ever took goes back to the signature once its time is over", async () => {
    const signer = await stage.createSigner();
    const { transactionId } = await submitted(signer);
    await expire(transactionId);
    expect(await signer.view()).toMatchObject({
      status: "ready_for_chain_tx",
      errorCode: "validators.transaction_expired",
      canCancel: true,
    });
    const { transactionId: second } = await submitted(signer);
    await stage.deliver(signer, second);
    expect((await signer.view()).status).toBe("active");
  });

  it("that expired can be signed again to the very same bytes, which are then sent again", async () => {
    const signer = await stage.createSigner();
    const first = await signer.prepare();
    const signed = sign(signer.actor, first);
    const { transactionId, txHash } = await signer.submit(signed);
    await expire(transactionId);

    const second = await signer.prepare();
    // The simulation may ask for another unit of gas; here it asks for the same, as it usually does.
    const [before] = await rowOf(transactionId);
    if (!before) throw new Error("the first transaction has no row");
    const { bodyBytesBase64, authInfoBytesBase64, signBytesBase64, sequence, accountNumber } = before;
    await stage.runtime.db
      .update(chainTransactions)
      .set({ bodyBytesBase64, authInfoBytesBase64, signBytesBase64, sequence, accountNumber })
      .where(eq(chainTransactions.id, second.transactionId));
    expect(await signer.submit(signed)).toMatchObject({ transactionId: second.transactionId, txHash });
    await stage.deliver(signer, second.transactionId);
    expect((await signer.view()).status).toBe("active");
  });
});
