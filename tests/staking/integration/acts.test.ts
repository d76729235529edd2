import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { stakingActs } from "@/db/schema/staking";
import { auditEvents } from "@/db/schema/system";
import { recordOutcomeOf } from "@/server/domains/chain/transactions/send-accepted";
import {
  getAct,
  giveUpUnsignedActs,
  listActs,
  pruneActs,
  settleAct,
  settleActs,
  withdrawAct,
} from "@/server/domains/staking";
import { exportActs } from "@/server/domains/staking/acts/export-acts";
import { createTestAct } from "../../support/factories/staking";
import { deliverAct, type Holder } from "../../support/staking/act-stage";
import { createFakeActStage, type FakeActStage, operatorOf } from "../../support/staking/fake-act-stage";

const NOT_SEEN = { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null };
let stage: FakeActStage;
beforeAll(async () => {
  stage = await createFakeActStage();
});
afterAll(() => stage?.close());

const delegate = (amountBaseUnits = "2000000") =>
  ({ kind: "delegate", operatorAddress: stage.operators[0], amountBaseUnits }) as const;
const read = async (holder: Holder, actId: string) => getAct(await holder.person.ctx(), { actId });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (thrown: { code: string }) => thrown.code,
  );

describe("an act that nobody signed", () => {
  it("is forgotten after a month; one that was signed is history", async () => {
    const { person } = await stage.createHolder();
    const old = new Date(Date.now() - 31 * 24 * 3_600_000);
    const { actId: given } = await createTestAct(person, { status: "withdrawn", updatedAt: old });
    const { actId: young } = await createTestAct(person, { status: "withdrawn" });
    const { actId: signed } = await createTestAct(person, { status: "done", updatedAt: old });
    await pruneActs(await stage.runtime.ctx(), {});
    const left = await stage.runtime.db
      .select({ id: stakingActs.id })
      .from(stakingActs)
      .where(inArray(stakingActs.id, [given, young, signed]));
    expect(left.map(({ id }) => id).sort()).toEqual([young, signed].sort());
  });
});

describe("an act", () => {
  it("goes from its document to the block, each move audited once", async () => {
    const holder = await stage.createHolder();
    const act = await holder.perform(delegate());
    expect(act).toMatchObject({
      kind: "delegate",
      status: "done",
      amountBaseUnits: "2000000",
      sentences: [`Stake 2 OMNI (2\u202f000\u202f000 omniphi) with the validator ${stage.operators[0]}`],
      reason: null,
    });
    expect(act.heightBlocks).toBe(stage.chain.heightBlocks.toString());
    const actions = await stage.runtime.db
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(eq(auditEvents.targetId, act.id));
    expect(actions.map(({ action }) => action).sort()).toEqual([
      "staking.act.done",
      "staking.act.prepared",
      "staking.act.submitted",
    ]);
    expect(await holder.position()).toMatchObject({ stakedBaseUnits: "2000000" });
  });

  it("is sent once by two tabs that submit the same bytes at once", async () => {
    const holder = await stage.createHolder();
    const prepared = await holder.prepare(delegate());
    const txBytes = await holder.sign(prepared);
    const [one, other] = await Promise.all([holder.submit(prepared, txBytes), holder.submit(prepared, txBytes)]);
    expect(other.txHash).toBe(one.txHash);
    await deliverAct(stage.runtime, prepared);
    expect((await holder.submit(prepared, txBytes)).status).toBe("done");
    expect(stage.chain.transactions().filter(({ txHash }) => txHash === one.txHash)).toHaveLength(1);
  });

  it("waits for another of the same wallet, and of two prepared side by side the second is prepared anew", async () => {
    const holder = await stage.createHolder();
    const [first, second] = [await holder.prepare(delegate()), await holder.prepare(delegate("3000000"))];
    await holder.submit(first, await holder.sign(first));
    expect(await codeOf(holder.prepare(delegate()))).toBe("chain.signer_busy");
    expect(await codeOf(holder.submit(second, await holder.sign(second)))).toBe("chain.signer_busy");
    await deliverAct(stage.runtime, first);
    // The block used up the sequence of both.
    expect(await codeOf(holder.submit(second, await holder.sign(second)))).toBe("chain.nothing_prepared");
    expect((await holder.perform(delegate("3000000"))).status).toBe("done");
  });

  it("is withdrawn or submitted, never both", async () => {
    const holder = await stage.createHolder();
    const prepared = await holder.prepare(delegate());
    const txBytes = await holder.sign(prepared);
    const ctx = await holder.person.ctx();
    const outcomes = await Promise.allSettled([
      withdrawAct(ctx, { actId: prepared.actId }),
      holder.submit(prepared, txBytes),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const rows = await stage.runtime.db
      .select()
      .from(chainTransactions)
      .where(and(eq(chainTransactions.subjectId, prepared.actId), inArray(chainTransactions.status, ["accepted"])));
    const { status } = await read(holder, prepared.actId);
    expect(rows).toHaveLength(status === "submitted" ? 1 : 0);
  });

  it("with other bytes than those shown is refused, and stays as it was", async () => {
    const holder = await stage.createHolder();
    const [prepared, other] = [await holder.prepare(delegate()), await holder.prepare(delegate("1"))];
    expect(await codeOf(holder.submit(prepared, await holder.sign(other)))).toBe("chain.signed_other_bytes");
    expect((await read(holder, prepared.actId)).status).toBe("prepared");
  });

  it("fails with the chain's own words where the block refuses it", async () => {
    const holder = await stage.createHolder();
    const prepared = await holder.prepare(delegate());
    await holder.submit(prepared, await holder.sign(prepared));
    stage.chain.ledger.debit(holder.address, 99_000_000n);
    await deliverAct(stage.runtime, prepared);
    expect(await read(holder, prepared.actId)).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/insufficient funds/),
    });
  });

  it("that was called never seen is done after all when a block has it", async () => {
    const holder = await stage.createHolder();
    const prepared = await holder.prepare(delegate());
    await holder.submit(prepared, await holder.sign(prepared));
    const ctx = await stage.runtime.ctx();
    await recordOutcomeOf(ctx, { transactionId: prepared.transactionId }, NOT_SEEN);
    await settleAct(ctx, { actId: prepared.actId });
    expect((await read(holder, prepared.actId)).status).toBe("expired");
    await deliverAct(stage.runtime, prepared);
    expect(await read(holder, prepared.actId)).toMatchObject({ status: "done", statusReason: null });
  });

  it("whose event was lost is settled by the sweep, and by two sweeps at once only once", async () => {
    const holder = await stage.createHolder();
    const prepared = await holder.prepare(delegate());
    await holder.submit(prepared, await holder.sign(prepared));
    const ctx = await stage.runtime.ctx();
    const look = { isFound: true, code: 0, codespace: "", reason: "", heightBlocks: "9" };
    await recordOutcomeOf(ctx, { transactionId: prepared.transactionId }, look);
    await Promise.all([settleActs(ctx, {}), settleActs(ctx, { pageSize: 1 })]);
    expect((await read(holder, prepared.actId)).status).toBe("done");
    const done = and(eq(auditEvents.targetId, prepared.actId), eq(auditEvents.action, "staking.act.done"));
    expect(await stage.runtime.db.select().from(auditEvents).where(done)).toHaveLength(1);
  });

  it("that nobody signs is given up after an hour, and not before", async () => {
    const holder = await stage.createHolder();
    const [old, young] = [await holder.prepare(delegate()), await holder.prepare(delegate())];
    await stage.runtime.db
      .update(stakingActs)
      .set({ createdAt: new Date(Date.now() - 61 * 60_000) })
      .where(eq(stakingActs.id, old.actId));
    await giveUpUnsignedActs(await stage.runtime.ctx(), {});
    expect(await read(holder, old.actId)).toMatchObject({
      status: "withdrawn",
      statusReason: "staking.unsigned_too_long",
    });
    expect((await read(holder, young.actId)).status).toBe("prepared");
    expect(await codeOf(holder.submit(old, await holder.sign(old)))).toBe("staking.not_prepared");
  });
});

describe("what is refused before anybody signs", () => {
  it("is what the wallet cannot spend, vesting coins and the fee among it", async () => {
    const holder = await stage.createHolder({ fundBaseUnits: 10_000_000n });
    stage.chain.ledger.vesting.set(holder.address, 6_000_000n);
    expect(await codeOf(holder.prepare(delegate("5000000")))).toBe("staking.not_spendable");
    // The fee is on top.
    expect(await codeOf(holder.prepare(delegate("4000000")))).toBe("chain.balance_too_low");
    expect(await codeOf(holder.prepare(delegate("3900000")))).toBe("accepted");
    const { spendableBaseUnits, feeReserveBaseUnits } = await holder.position();
    expect(spendableBaseUnits).toBe("4000000");
    const max = (BigInt(spendableBaseUnits) - BigInt(feeReserveBaseUnits)).toString();
    expect(await codeOf(holder.prepare(delegate(max)))).toBe("accepted");
  });

  it("is more stake than there is, an unknown validator, and a rewards' withdrawal of nothing", async () => {
    const holder = await stage.createHolder();
    await holder.perform(delegate());
    const take = { kind: "undelegate", operatorAddress: stage.operators[0] } as const;
    expect(await codeOf(holder.prepare({ ...take, amountBaseUnits: "2000001" }))).toBe("staking.stake_too_small");
    expect(await codeOf(holder.prepare({ ...take, amountBaseUnits: "2000000" }))).toBe("accepted");
    const nobody = operatorOf(holder.address);
    expect(await codeOf(holder.prepare({ ...delegate(), operatorAddress: nobody }))).toBe(
      "staking.validator_not_found",
    );
    expect(await codeOf(holder.prepare({ kind: "claim_all" }))).toBe("staking.nothing_to_withdraw");
    expect(await codeOf(holder.prepare({ kind: "unjail" }))).toBe("staking.no_own_validator");
  });

  it("is one unbonding more than the chain keeps, and stake moved on from where it was just moved to", async () => {
    const holder = await stage.createHolder();
    await holder.perform(delegate());
    const [one, other] = stage.operators;
    const entry = {
      operatorAddress: one,
      creationHeightBlocks: 1n,
      completesAt: "2027-01-01T00:00:00Z",
      initialBaseUnits: 1n,
      balanceBaseUnits: 1n,
    };
    stage.chain.ledger.unbondings.set(
      holder.address,
      Array.from({ length: 7 }, () => entry),
    );
    const take = { kind: "undelegate", operatorAddress: one, amountBaseUnits: "1" } as const;
    expect(await codeOf(holder.prepare(take))).toBe("staking.too_many_entries");
    stage.chain.ledger.redelegations.set(holder.address, [
      {
        sourceOperatorAddress: other,
        destinationOperatorAddress: one,
        creationHeightBlocks: 1n,
        completesAt: "2027-01-01T00:00:00Z",
        balanceBaseUnits: 1n,
      },
    ]);
    const shift = { kind: "redelegate", sourceOperatorAddress: one, amountBaseUnits: "1" } as const;
    expect(await codeOf(holder.prepare({ ...shift, destinationOperatorAddress: other }))).toBe(
      "staking.redelegation_hop",
    );
    expect(await codeOf(holder.prepare({ ...shift, destinationOperatorAddress: one }))).toBe("staking.invalid_field");
  });
});

describe("an operator's acts", () => {
  async function operator(facts: Parameters<FakeActStage["chain"]["ledger"]["addValidator"]>[3]) {
    const holder = await stage.createHolder();
    const own = operatorOf(holder.address);
    const key = btoa(holder.address.slice(-32));
    stage.chain.ledger.addValidator(own, key, 5_000_000n, { minSelfDelegationBaseUnits: 1_000_000n, ...facts });
    stage.chain.ledger.stakes.set(`${holder.address}/${own}`, 5_000_000n);
    return { holder, own };
  }

  it("release it from jail once the chain's record lets it", async () => {
    const { holder, own } = await operator({ moniker: "Jailed", jailed: true, status: "unbonding" });
    expect((await holder.position()).ownValidator).toMatchObject({ isJailed: true, unjailRefusal: null });
    expect((await holder.perform({ kind: "unjail" })).status).toBe("done");
    expect(stage.chain.ledger.validators.get(own)?.jailed).toBe(false);
    expect(await codeOf(holder.prepare({ kind: "unjail" }))).toBe("staking.not_jailed");
  });

  it("are refused for a tombstoned one, with the reason on the page too", async () => {
    const { holder, own } = await operator({ moniker: "Gone", jailed: true });
    stage.chain.tombstoned.add(stage.chain.ledger.validators.get(own)?.consensusAddressHex ?? "");
    expect(await codeOf(holder.prepare({ kind: "unjail" }))).toBe("staking.tombstoned");
    expect((await holder.position()).ownValidator?.unjailRefusal).toMatchObject({ code: "staking.tombstoned" });
  });

  it("change only what was asked for", async () => {
    const { holder, own } = await operator({ moniker: "Before" });
    const before = stage.chain.ledger.validators.get(own);
    await holder.perform({ kind: "edit_profile", validatorName: "After", website: "" });
    const after = stage.chain.ledger.validators.get(own);
    expect(after?.description).toEqual({ ...before?.description, moniker: "After" });
    expect(await codeOf(holder.prepare({ kind: "edit_profile", validatorName: "After" }))).toBe(
      "staking.nothing_changes",
    );
  });

  it("say when the commission may be changed next, and by how much", async () => {
    const yesterday = new Date(Date.parse("2026-01-01T00:00:00Z")).toISOString();
    const { holder } = await operator({ moniker: "Fixed", commissionUpdatedAt: yesterday });
    const refused = holder.prepare({ kind: "edit_commission", commissionRate: "0.11" });
    await expect(refused).rejects.toMatchObject({
      code: "staking.commission_changed_within_a_day",
      details: { changeableAt: "2026-01-02T00:00:00.000Z" },
    });
    const { holder: free } = await operator({ moniker: "Free", commissionUpdatedAt: "2025-01-01T00:00:00Z" });
    expect(await codeOf(free.prepare({ kind: "edit_commission", commissionRate: "0.111" }))).toBe(
      "staking.commission_change_above_max_change",
    );
    expect(await codeOf(free.prepare({ kind: "edit_commission", commissionRate: "0.01" }))).toBe(
      "staking.commission_rate_below_chain_minimum",
    );
    expect(await codeOf(free.prepare({ kind: "edit_commission", commissionRate: "0.1" }))).toBe(
      "staking.nothing_changes",
    );
    expect(await codeOf(free.prepare({ kind: "edit_commission", commissionRate: "0.11" }))).toBe("accepted");
  });

  it("ask before own stake falls below its minimum, which jails", async () => {
    const { holder, own } = await operator({ moniker: "Leaving" });
    const leave = { kind: "undelegate", operatorAddress: own, amountBaseUnits: "4500000" } as const;
    expect(await codeOf(holder.prepare(leave))).toBe("staking.would_jail");
    expect(await codeOf(holder.prepare({ ...leave, isJailAccepted: true }))).toBe("accepted");
    expect(await codeOf(holder.prepare({ ...leave, amountBaseUnits: "4000000" }))).toBe("accepted");
  });

  it("withdraw rewards and commission together, and all of them in as many messages as fit", async () => {
    const { holder, own } = await operator({ moniker: "Earning" });
    stage.chain.ledger.commissions.set(own, 300n);
    stage.chain.ledger.rewards.set(`${holder.address}/${own}`, 40n);
    await holder.perform(delegate());
    stage.chain.ledger.rewards.set(`${holder.address}/${stage.operators[0]}`, 5n);
    const withdraw = await holder.prepare({ kind: "withdraw", operatorAddress: own });
    expect(withdraw.changes).toEqual([
      { label: "Commission paid out", unit: "base_units", after: "300" },
      { label: "Rewards paid out, at least", unit: "base_units", after: "40" },
    ]);
    // 80,000 gas a message and half on top: two fit.
    stage.chain.maxTxGas = 250_000n;
    try {
      const some = await holder.prepare({ kind: "claim_all" });
      expect(some.leftOut).toBe(1);
      // What did not fit is not among what is paid out now, neither where it is signed nor in the list.
      expect(some.changes).toEqual(withdraw.changes);
      const act = await holder.perform({ kind: "claim_all" });
      expect(act).toMatchObject({ amountBaseUnits: "340", sentences: { length: 2 } });
    } finally {
      stage.chain.maxTxGas = null;
    }
    const rest = await holder.perform({ kind: "claim_all" });
    expect(rest.sentences).toHaveLength(1);
    expect(await holder.position()).toMatchObject({
      rewardsBaseUnits: "0",
      ownValidator: { commissionBaseUnits: "0" },
    });
  });
});

describe("the list of acts", () => {
  it("is filtered by all that it says, page by page, and written as a file that no spreadsheet runs", async () => {
    const holder = await stage.createHolder();
    const ctx = await holder.person.ctx();
    const { operators } = stage;
    await createTestAct(holder.person, {
      kind: "vote",
      status: "done",
      proposalId: 7n,
      txHash: "CD".repeat(32),
      createdAt: new Date("2026-02-01T00:00:00Z"),
      sentences: ["=HYPERLINK(1)"],
    });
    await createTestAct(holder.person, {
      kind: "delegate",
      status: "failed",
      operatorAddress: operators[1],
      createdAt: new Date("2026-03-01T00:00:00Z"),
    });
    const kinds = async (filter: object) => (await listActs(ctx, filter)).items.map(({ kind }) => kind);
    expect(await kinds({})).toEqual(["delegate", "vote"]);
    expect(await kinds({ kind: "vote" })).toEqual(["vote"]);
    expect(await kinds({ status: "failed" })).toEqual(["delegate"]);
    expect(await kinds({ txHash: `0x${"cd".repeat(32)}` })).toEqual(["vote"]);
    expect(await kinds({ operatorAddress: operators[1] })).toEqual(["delegate"]);
    expect(await kinds({ since: "2026-02-15T00:00:00Z" })).toEqual(["delegate"]);
    expect(await kinds({ until: "2026-02-15T00:00:00Z" })).toEqual(["vote"]);
    expect(await kinds({ signerAddress: (await stage.createHolder()).address })).toEqual([]);
    const first = await listActs(ctx, { limit: 1 });
    const second = await listActs(ctx, { limit: 1, cursor: first.nextCursor ?? "" });
    expect([...first.items, ...second.items].map(({ kind }) => kind)).toEqual(["delegate", "vote"]);
    expect(second.nextCursor).toBeNull();
    let file = "";
    for await (const lines of exportActs(ctx, {})) file += lines;
    expect(file.trim().split("\r\n")).toHaveLength(3);
    expect(file).toContain(`"'=HYPERLINK(1)"`);
  });
});
