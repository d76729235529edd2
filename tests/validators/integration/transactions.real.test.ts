import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { MsgCreateValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { AuthInfo, TxBody } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { validatorSetupRequests } from "@/db/schema/validators";
import { directSignBytes, directTransaction, signedTxBytes, transactionHashOf } from "@/lib/chain/build-transaction";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { sendMessage } from "@/lib/chain/messages/send";
import type { PreparedTransaction } from "@/server/domains/chain/transactions/schemas";
import { syncWaitingSetups } from "@/server/domains/validators";
import { recordPrepared } from "@/server/domains/validators/requests/prepare-transaction";
import { registerTestNetwork } from "@/tests/support/factories/networks";
import { startWireChain } from "@/tests/support/fakes/chain-node-wire";
import { createSigningStage, type Signer, type SigningStage, sign } from "@/tests/support/validators/signing-stage";

const OMNI = 1_000_000n;

let stage: SigningStage;
beforeAll(async () => {
  stage = await createSigningStage();
});
afterAll(() => stage?.close());

const sequenceOf = async ({ actor }: Signer) => (await stage.chain.account(actor.address, { maxAgeMs: 0 })).sequence;
const transactionsOf = ({ setupRequestId }: Signer) =>
  stage.runtime.db.select().from(chainTransactions).where(eq(chainTransactions.subjectId, setupRequestId));

/** The chain knows this transaction in none of its blocks. */
async function expectNeverSent(signer: Signer, prepared: PreparedTransaction) {
  const hash = transactionHashOf(sign(signer.actor, prepared));
  await expect(stage.chain.transaction(hash, { maxAgeMs: 0 })).rejects.toMatchObject({ kind: "not_found" });
  expect(await sequenceOf(signer)).toBe(BigInt(prepared.sequence));
}

/** A transaction that our own checks would not let through any more, as when the coins went elsewhere since it was prepared. */
async function prepareUnchecked(
  signer: Signer,
  change: { stakeBaseUnits?: bigint; feeBaseUnits?: bigint; gasLimit?: bigint },
): Promise<{ txBytes: Uint8Array }> {
  const account = await stage.chain.account(signer.actor.address, { maxAgeMs: 0 });
  const built = directTransaction({
    chainId: stage.localnet.facts.chainId,
    accountNumber: account.accountNumber,
    sequence: account.sequence,
    pubkey: signer.actor.pubkey,
    memo: "",
    gasLimit: change.gasLimit ?? 400_000n,
    fee: { denom: "omniphi", amountBaseUnits: change.feeBaseUnits ?? 20_000n },
    messages: [
      createValidatorMessage({
        operatorAddress: signer.actor.operatorAddress,
        consensusPubkeyBase64: signer.consensusPubkey,
        description: { moniker: "Signed by hand", identity: "", website: "", securityContact: "", details: "" },
        commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
        minSelfDelegationBaseUnits: OMNI,
        selfDelegation: { denom: "omniphi", amountBaseUnits: change.stakeBaseUnits ?? OMNI },
      }),
    ],
  });
  await recordPrepared(await signer.person.ctx(), {
    setupRequestId: signer.setupRequestId,
    signMode: "direct",
    bodyBytesBase64: toBase64(built.bodyBytes),
    authInfoBytesBase64: toBase64(built.authInfoBytes),
    signBytesBase64: toBase64(built.signBytes),
    signerPubkeyBase64: toBase64(signer.actor.pubkey),
    accountNumber: account.accountNumber.toString(),
    sequence: account.sequence.toString(),
    fingerprint: built.fingerprint,
  });
  return { txBytes: signedTxBytes({ ...built, signature: signer.actor.sign(built.signBytes) }) };
}

describe("what the wallet returns", () => {
  let signer: Signer;
  let prepared: PreparedTransaction;
  beforeAll(async () => {
    signer = await stage.createSigner();
    prepared = await signer.prepare();
  });

  const messageOf = (body: TxBody) => MsgCreateValidator.decode(body.messages[0]?.value ?? new Uint8Array());
  const withMessage = (body: TxBody, change: (message: MsgCreateValidator) => void): TxBody => {
    const message = messageOf(body);
    change(message);
    const [first] = body.messages;
    return {
      ...body,
      messages: [{ typeUrl: first?.typeUrl ?? "", value: MsgCreateValidator.encode(message).finish() }],
    };
  };
  const alterations: [string, RegExp, (parts: { body: TxBody; auth: AuthInfo }) => { body: TxBody; auth: AuthInfo }][] =
    [
      [
        "another fee",
        /fee/i,
        ({ body, auth }) => ({
          body,
          auth: {
            ...auth,
            fee: {
              gasLimit: 0n,
              payer: "",
              granter: "",
              ...auth.fee,
              amount: [{ denom: "omniphi", amount: "9999999" }],
            },
          },
        }),
      ],
      [
        "another gas limit",
        /gas/i,
        ({ body, auth }) => ({
          body,
          auth: { ...auth, fee: { amount: [], payer: "", granter: "", ...auth.fee, gasLimit: 1n } },
        }),
      ],
      ["a memo", /memo/i, ({ body, auth }) => ({ body: { ...body, memo: "hello" }, auth })],
      ["a height limit", /height/i, ({ body, auth }) => ({ body: { ...body, timeoutHeight: 5n }, auth })],
      [
        "another commission",
        /commission|rate/i,
        ({ body, auth }) => ({
          body: withMessage(body, (message) => {
            message.commission.rate = "900000000000000000";
          }),
          auth,
        }),
      ],
      [
        "another consensus key",
        /key/i,
        ({ body, auth }) => ({
          body: withMessage(body, (message) => {
            if (message.pubkey)
              message.pubkey = {
                ...message.pubkey,
                value: message.pubkey.value.map((byte, index) => (index > 1 ? byte ^ 1 : byte)),
              };
          }),
          auth,
        }),
      ],
      [
        "another stake",
        /delegat|stake|amount/i,
        ({ body, auth }) => ({
          body: withMessage(body, (message) => {
            message.value = { denom: "omniphi", amount: "5000000" };
          }),
          auth,
        }),
      ],
    ];

  it.each(alterations)(
    "with %s is refused by name before anything is sent, however well it is signed",
    async (_, name, alter) => {
      const { body, auth } = alter({
        body: TxBody.decode(fromBase64(prepared.bodyBytes)),
        auth: AuthInfo.decode(fromBase64(prepared.authInfoBytes)),
      });
      const parts = { bodyBytes: TxBody.encode(body).finish(), authInfoBytes: AuthInfo.encode(auth).finish() };
      const signBytes = directSignBytes({
        ...parts,
        chainId: prepared.chainId,
        accountNumber: BigInt(prepared.accountNumber),
      });
      const refused = signer.submit(signedTxBytes({ ...parts, signature: signer.actor.sign(signBytes) }));
      await expect(refused).rejects.toMatchObject({
        kind: "invalid",
        code: "chain.signed_other_bytes",
        details: { fields: expect.stringMatching(name) },
      });
      expect((await signer.view()).status).toBe("ready_for_chain_tx");
      await expectNeverSent(signer, prepared);
    },
  );

  it("with a signature that does not fit is refused", async () => {
    const good = sign(signer.actor, prepared);
    const flipped = good.map((byte, index) => (index === good.length - 1 ? byte ^ 1 : byte));
    await expect(signer.submit(flipped)).rejects.toMatchObject({ code: "chain.bad_signature" });
    const stranger = await stage.createSigner({ fundBaseUnits: 0n });
    await expect(signer.submit(sign(stranger.actor, prepared))).rejects.toMatchObject({
      code: "chain.bad_signature",
    });
    await expect(signer.submit(good.slice(0, 40))).rejects.toMatchObject({ kind: "invalid" });
    await expectNeverSent(signer, prepared);
  });

  it("is taken when it is what was shown, and the same bytes again get the same answer, also once the validator is active", async () => {
    const txBytes = sign(signer.actor, prepared);
    const [first, second] = await Promise.all([signer.submit(txBytes), signer.submit(txBytes)]);
    expect(second).toMatchObject({ transactionId: first.transactionId, txHash: first.txHash });
    expect(first.txHash).toBe(transactionHashOf(txBytes));
    await stage.deliver(signer, first.transactionId);
    const view = await signer.view();
    expect(view).toMatchObject({ status: "active", errorCode: null, chainTxHash: first.txHash });
    expect(await signer.submit(txBytes)).toMatchObject({ transactionId: first.transactionId, txHash: first.txHash });
    const shown = await stage.chain.validatorByOperator(signer.actor.operatorAddress, { maxAgeMs: 0 });
    expect(shown.consensusPubkeyBase64).toBe(signer.consensusPubkey);
    expect(await sequenceOf(signer)).toBe(BigInt(prepared.sequence) + 1n);
  });
});

describe("an account without enough coins", () => {
  it("is told before anything is prepared", async () => {
    const poor = await stage.createSigner({ fundBaseUnits: OMNI / 2n });
    await expect(poor.prepare()).rejects.toMatchObject({ code: "chain.balance_too_low" });
    const never = await stage.createSigner({ fundBaseUnits: 0n });
    await expect(never.prepare()).rejects.toMatchObject({ code: "chain.account_unfunded" });
    expect(await transactionsOf(poor)).toEqual([]);
  });

  it.each([
    ["the stake went elsewhere meanwhile, which the block says", { stakeBaseUnits: 500n * OMNI }],
    ["the fee went elsewhere meanwhile, which the mempool says", { feeBaseUnits: 500n * OMNI }],
  ])("whose %s, goes back to the signature with the chain's reason", async (_, change) => {
    const signer = await stage.createSigner();
    const { txBytes } = await prepareUnchecked(signer, change);
    const { transactionId } = await signer.submit(txBytes);
    expect((await signer.view()).status).toBe("chain_tx_pending");
    await stage.deliver(signer, transactionId);
    const view = await signer.view();
    expect(view).toMatchObject({ status: "ready_for_chain_tx", errorCode: "validators.transaction_failed" });
    expect(view.errorMessage).toMatch(/insufficient funds|does not hold enough/);
    expect((await transactionsOf(signer))[0]).toMatchObject({ status: "failed", code: 5, codespace: "sdk" });

    const again = await signer.prepare();
    const { transactionId: second } = await signer.submit(sign(signer.actor, again));
    await stage.deliver(signer, second);
    expect(await signer.view()).toMatchObject({ status: "active", errorCode: null, errorMessage: null });
  });
});

describe("a transaction that the chain will not take", () => {
  it("because it ran out of gas goes back with that reason", async () => {
    const signer = await stage.createSigner();
    const { txBytes } = await prepareUnchecked(signer, { gasLimit: 90_000n });
    const { transactionId } = await signer.submit(txBytes);
    await stage.deliver(signer, transactionId);
    expect(await signer.view()).toMatchObject({
      status: "ready_for_chain_tx",
      errorMessage: expect.stringMatching(/out of gas|more gas/i),
    });
  });

  it("because another of the account came first goes back, and the next signature works", async () => {
    const signer = await stage.createSigner();
    const prepared = await signer.prepare();
    const { address } = signer.actor;
    await signer.actor.submit(stage.chain, [
      sendMessage({ fromAddress: address, toAddress: address, amount: { denom: "omniphi", amountBaseUnits: 1n } }),
    ]);
    const { transactionId } = await signer.submit(sign(signer.actor, prepared));
    expect(await stage.deliver(signer, transactionId)).toEqual({ outcome: "refused" });
    expect(await signer.view()).toMatchObject({
      status: "ready_for_chain_tx",
      errorMessage: expect.stringContaining("Another transaction of this account took its place"),
    });
    const again = await signer.prepare();
    expect(again.fingerprint).not.toBe(prepared.fingerprint);
    const { transactionId: second } = await signer.submit(sign(signer.actor, again));
    await stage.deliver(signer, second);
    expect((await signer.view()).status).toBe("active");
  });

  it("because the operator has a validator already is refused before it is shown; ours only counts with our key", async () => {
    const signer = await stage.createSigner();
    const create = (consensusPubkeyBase64: string) =>
      signer.actor.submit(stage.chain, [
        createValidatorMessage({
          operatorAddress: signer.actor.operatorAddress,
          consensusPubkeyBase64,
          description: { moniker: "made elsewhere", identity: "", website: "", securityContact: "", details: "" },
          commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
          minSelfDelegationBaseUnits: OMNI,
          selfDelegation: { denom: "omniphi", amountBaseUnits: OMNI },
        }),
      ]);
    expect((await create(toBase64(new Uint8Array(32).fill(9).map((byte, index) => byte + index)))).code).toBe(0);
    await expect(signer.prepare()).rejects.toMatchObject({
      kind: "upstream_rejected",
      code: "chain.simulation_refused",
    });
    await syncWaitingSetups(await stage.runtime.ctx(), { pageSize: 1 });
    expect((await signer.view()).status).toBe("ready_for_chain_tx");

    const other = await stage.createSigner();
    const made = await other.actor.submit(stage.chain, [
      createValidatorMessage({
        operatorAddress: other.actor.operatorAddress,
        consensusPubkeyBase64: other.consensusPubkey,
        description: { moniker: "made by hand", identity: "", website: "", securityContact: "", details: "" },
        commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
        minSelfDelegationBaseUnits: OMNI,
        selfDelegation: { denom: "omniphi", amountBaseUnits: OMNI },
      }),
    ]);
    expect(made.code).toBe(0);
    await syncWaitingSetups(await stage.runtime.ctx(), { pageSize: 1 });
    expect((await other.view()).status).toBe("active");
  });
});

describe("a broadcast whose answer is lost", () => {
  it("is found by its hash; nothing is sent a second time", async () => {
    const signer = await stage.createSigner();
    const prepared = await signer.prepare();
    const { transactionId, txHash } = await signer.submit(sign(signer.actor, prepared));
    const before = stage.rest.broadcasts();
    stage.rest.loseBroadcastAnswers(true);
    const sent = await stage.deliver(signer, transactionId).finally(() => stage.rest.loseBroadcastAnswers(false));
    expect(sent).toEqual({ outcome: "unknown" });
    expect(await signer.view()).toMatchObject({ status: "active", chainTxHash: txHash });
    expect(await sequenceOf(signer)).toBe(BigInt(prepared.sequence) + 1n);

    // The durable function may repeat its first step after a crash: it looks before it sends.
    const sentUntilNow = stage.rest.broadcasts();
    expect(sentUntilNow).toBeGreaterThan(before);
    await stage.deliver(signer, transactionId);
    expect(stage.rest.broadcasts()).toBe(sentUntilNow);
    expect((await transactionsOf(signer)).map((row) => row.status)).toEqual(["included"]);
  });
});

describe("a tab that was closed before it sent", () => {
  it("can be opened anywhere: the same document is prepared, and both signatures are one transaction", async () => {
    const signer = await stage.createSigner();
    const first = await signer.prepare();
    const lost = sign(signer.actor, first);
    expect(await signer.view()).toMatchObject({ status: "ready_for_chain_tx" });
    const second = await signer.prepare();
    expect([second.fingerprint, second.signBytes]).toEqual([first.fingerprint, first.signBytes]);
    const [a, b] = await Promise.all([signer.submit(sign(signer.actor, second)), signer.submit(lost)]);
    expect(a.txHash).toBe(b.txHash);
    await stage.deliver(signer, a.transactionId);
    expect((await signer.view()).status).toBe("active");
    expect(await sequenceOf(signer)).toBe(BigInt(first.sequence) + 1n);
  });

  it("after it sent finds its transaction on the way, and nothing else can be prepared beside it", async () => {
    const signer = await stage.createSigner();
    const { transactionId, txHash } = await signer.submit(sign(signer.actor, await signer.prepare()));
    expect(await signer.view()).toMatchObject({ status: "chain_tx_pending", chainTxHash: txHash, canCancel: false });
    await expect(signer.prepare()).rejects.toMatchObject({ code: "validators.not_ready_to_sign" });
    await stage.deliver(signer, transactionId);
    expect((await signer.view()).status).toBe("active");
  });
});

describe("an endpoint of another chain", () => {
  it("is never believed: nothing is prepared", async () => {
    const liar = await startWireChain({ chainId: stage.localnet.facts.chainId });
    const { id: networkId } = await registerTestNetwork(await stage.runtime.ctx(), stage.localnet, {
      rpcUrls: [liar.url],
      restUrls: [liar.url],
    });
    const signer = await stage.createSigner({ networkId });
    // It was honest when it was registered.
    liar.state.chainId = "another-chain-1";
    await expect(signer.prepare()).rejects.toMatchObject({ kind: "upstream_unavailable" });
    expect(await transactionsOf(signer)).toEqual([]);
    const rows = await stage.runtime.db
      .select()
      .from(validatorSetupRequests)
      .where(eq(validatorSetupRequests.id, signer.setupRequestId));
    expect(rows[0]?.status).toBe("ready_for_chain_tx");
    await liar.close();
  });
});
