import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { notifications } from "@/db/schema/notifications";
import { stakingCompoundRuns, stakingCompounds } from "@/db/schema/staking";
import { compoundDue, getWalletCompound } from "@/server/domains/staking";
import { upstreamUnavailable } from "@/server/kernel/errors";
import type { Holder } from "../../support/staking/act-stage";
import { deliverNewestRun } from "../../support/staking/deliver-run";
import { createFakeActStage, type FakeActStage } from "../../support/staking/fake-act-stage";

const OMNI = 1_000_000n;
let stage: FakeActStage;
beforeAll(async () => {
  stage = await createFakeActStage();
});
afterAll(() => stage?.close());

const GRANT = { limitBaseUnits: (30n * OMNI).toString(), feeLimitBaseUnits: OMNI.toString(), days: 30 } as const;
const tick = async () => {
  await stage.runtime.db.update(stakingCompounds).set({ nextLookAt: new Date(0) });
  return compoundDue(await stage.runtime.ctx(), {});
};

/** Somebody with stake who granted compounding. */
async function granter() {
  const holder = await stage.createHolder({ fundBaseUnits: 1_000n * OMNI });
  const operatorAddress = stage.operators[0];
  await holder.perform({ kind: "delegate", operatorAddress, amountBaseUnits: (100n * OMNI).toString() });
  await holder.perform({ kind: "grant_compound", operatorAddress, ...GRANT });
  const key = `${holder.address}/${operatorAddress}`;
  const view = async () =>
    getWalletCompound(await holder.person.ctx(), { networkId: stage.networkId, address: holder.address });
  const compoundId = (await view()).compound?.id ?? "";
  return {
    holder,
    view,
    compoundId,
    earn: (amount: bigint) => stage.chain.ledger.rewards.set(key, amount),
    stake: () => stage.chain.ledger.stakes.get(key) ?? 0n,
    deliver: () => deliverNewestRun(stage.runtime, compoundId),
  };
}
const end = async (holder: Holder) => holder.perform({ kind: "revoke_compound" });

describe("compounding", () => {
  it("is granted in sentences that say who may do what, and is refused before signing where amino JSON alone is signed", async () => {
    const holder = await stage.createHolder({ fundBaseUnits: 1_000n * OMNI });
    const wish = { kind: "grant_compound", operatorAddress: stage.operators[0], ...GRANT } as const;
    await expect(holder.prepare(wish)).rejects.toMatchObject({ code: "staking.no_stake_to_compound" });
    await holder.perform({ kind: "delegate", operatorAddress: stage.operators[0], amountBaseUnits: OMNI.toString() });
    await expect(holder.prepare(wish, "amino")).rejects.toMatchObject({ code: "staking.amino_unsupported" });
    const { sentences } = await holder.perform(wish);
    expect(sentences).toEqual([
      expect.stringMatching(/^Let omni1\w+ act for omni1\w+$/),
      expect.stringMatching(/^Let omni1\w+ act for omni1\w+$/),
      expect.stringMatching(/^Pay fees of omni1\w+ from omni1\w+$/),
    ]);
    await end(holder);
  });

  it("is granted whole or not at all, where the chain lets one transaction hold a part alone", async () => {
    const holder = await stage.createHolder({ fundBaseUnits: 1_000n * OMNI });
    const operatorAddress = stage.operators[0];
    await holder.perform({ kind: "delegate", operatorAddress, amountBaseUnits: OMNI.toString() });
    stage.chain.maxTxGas = 250_000n;
    try {
      const granting = holder.prepare({ kind: "grant_compound", operatorAddress, ...GRANT });
      await expect(granting).rejects.toMatchObject({ code: "chain.gas_above_limit" });
    } finally {
      stage.chain.maxTxGas = null;
    }
  });

  it("stakes what was earned until the limit is used up, then ends and says so", async () => {
    const { holder, view, earn, stake, deliver, compoundId } = await granter();
    earn(20n * OMNI);
    expect(await tick()).toEqual({ sent: 1 });
    await deliver();
    expect(stake()).toBe(120n * OMNI);
    earn(25n * OMNI);
    expect(await tick()).toEqual({ sent: 1 });
    await deliver();
    // Ten were left; what else was earned is the wallet's.
    expect(stake()).toBe(130n * OMNI);
    expect((await view()).runs.map(({ status, amountBaseUnits }) => [status, amountBaseUnits])).toEqual([
      ["done", (10n * OMNI).toString()],
      ["done", (20n * OMNI).toString()],
    ]);
    earn(25n * OMNI);
    expect(await tick()).toEqual({ sent: 0 });
    expect((await view()).compound).toMatchObject({ status: "ended", statusReason: "staking.compound_limit_used" });
    // Nobody watched: the organisation is told, once.
    const told = await stage.runtime.db.select().from(notifications).where(eq(notifications.threadKey, compoundId));
    expect(told.map(({ topic, title, body }) => ({ topic, title, body }))).toEqual([
      {
        topic: "staking.compound",
        title: "Compounding ended",
        body: expect.stringMatching(/^omni1\w+ with omnivaloper1\w+: The limit of what may be staked is used up/),
      },
    ]);
    await end(holder);
  });

  it("waits for what is worth ten times the fee, and says what it waits for", async () => {
    const { holder, view, earn } = await granter();
    earn(1_000n);
    expect(await tick()).toEqual({ sent: 0 });
    expect((await view()).compound).toMatchObject({ status: "active", waitsFor: expect.stringContaining("ten times") });
    await end(holder);
  });

  it("makes one transaction, however many look at once", async () => {
    const { holder, earn, stake, deliver } = await granter();
    earn(20n * OMNI);
    const sent = await Promise.all([tick(), tick(), tick()]);
    expect(sent.reduce((sum, one) => sum + one.sent, 0)).toBe(1);
    expect(await tick()).toEqual({ sent: 0 });
    await deliver();
    expect(stake()).toBe(120n * OMNI);
    await end(holder);
  });

  it("lets the wallet go first that has waited longest, since one transaction of the account is on its way at a time", async () => {
    const [first, second] = [await granter(), await granter()];
    const due = async (compoundId: string, at: Date) =>
      stage.runtime.db.update(stakingCompounds).set({ nextLookAt: at }).where(eq(stakingCompounds.id, compoundId));
    const stakesOf = () => [first.stake(), second.stake()].map((stake) => stake / OMNI);
    first.earn(5n * OMNI);
    second.earn(5n * OMNI);
    expect(first.compoundId < second.compoundId).toBe(true);
    await due(first.compoundId, new Date(1));
    await due(second.compoundId, new Date(0));
    expect(await compoundDue(await stage.runtime.ctx(), {})).toEqual({ sent: 1 });
    // The other one waits, and was not even looked at.
    expect(await compoundDue(await stage.runtime.ctx(), {})).toEqual({ sent: 0 });
    await second.deliver();
    expect(stakesOf()).toEqual([100n, 105n]);
    // Due again, it comes behind whoever is due since before.
    await due(second.compoundId, new Date(2));
    expect(await compoundDue(await stage.runtime.ctx(), {})).toEqual({ sent: 1 });
    await first.deliver();
    expect(stakesOf()).toEqual([105n, 105n]);
    await end(first.holder);
    await end(second.holder);
  });

  it("goes on for the others where the chain fails at one wallet for ever", async () => {
    const [broken, other] = [await granter(), await granter()];
    const due = async (compoundId: string, at: Date) =>
      stage.runtime.db.update(stakingCompounds).set({ nextLookAt: at }).where(eq(stakingCompounds.id, compoundId));
    other.earn(5n * OMNI);
    await due(broken.compoundId, new Date(0));
    await due(other.compoundId, new Date(1));
    const { ledger } = stage.chain;
    const rewardsOf = ledger.rewardsOf.bind(ledger);
    // As the SDK's gateway answers of a delegation whose sum it cannot make: the same failure each time, for that wallet alone.
    const failing = vi.spyOn(ledger, "rewardsOf").mockImplementation((address) => {
      if (address === broken.holder.address) throw upstreamUnavailable("chain.unavailable", "Silent.");
      return rewardsOf(address);
    });
    try {
      // It looks like a silent network to this look, and lets the other go first in the next.
      expect(await compoundDue(await stage.runtime.ctx(), {})).toEqual({ sent: 0 });
      expect(await compoundDue(await stage.runtime.ctx(), {})).toEqual({ sent: 1 });
    } finally {
      failing.mockRestore();
    }
    await other.deliver();
    await end(broken.holder);
    await end(other.holder);
  });

  it("is not granted where rewards are paid out elsewhere, and ends where they begin to be", async () => {
    const { holder, view, earn } = await granter();
    stage.chain.ledger.withdrawAddresses.set(holder.address, "omni1elsewhere");
    earn(20n * OMNI);
    expect(await tick()).toEqual({ sent: 0 });
    expect((await view()).compound).toMatchObject({ status: "ended", statusReason: "staking.compound_pays_elsewhere" });
    const again = holder.prepare({ kind: "grant_compound", operatorAddress: stage.operators[0], ...GRANT });
    await expect(again).rejects.toMatchObject({ code: "staking.paid_elsewhere" });
  });

  it("granted anew takes the place of what was granted before", async () => {
    const { holder, view, compoundId } = await granter();
    await holder.perform({
      kind: "delegate",
      operatorAddress: stage.operators[1],
      amountBaseUnits: (10n * OMNI).toString(),
    });
    await holder.perform({ kind: "grant_compound", operatorAddress: stage.operators[1], ...GRANT });
    const rows = await stage.runtime.db.select().from(stakingCompounds);
    expect(rows.find(({ id }) => id === compoundId)).toMatchObject({
      status: "ended",
      statusReason: "staking.compound_replaced",
    });
    expect((await view()).compound).toMatchObject({ status: "active", operatorAddress: stage.operators[1] });
    await end(holder);
    expect((await view()).grant).toBeNull();
    expect(await stage.runtime.db.select().from(stakingCompoundRuns)).not.toHaveLength(0);
  });
});
