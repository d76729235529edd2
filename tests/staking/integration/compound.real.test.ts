import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stakingCompounders, stakingCompoundRuns, stakingCompounds } from "@/db/schema/staking";
import { auditEvents } from "@/db/schema/system";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { seedRegions } from "@/server/domains/regions";
import { compoundDue, getWalletCompound, pauseCompound, resumeCompound } from "@/server/domains/staking";
import { chainActor, fund } from "../../support/chain-actor";
import { eventually } from "../../support/eventually";
import { createPerson } from "../../support/factories/identity";
import { registerTestNetwork } from "../../support/factories/networks";
import { type Localnet, sharedLocalnet } from "../../support/localnet";
import { type Holder, holderOf, walletOf } from "../../support/staking/act-stage";
import { broadcastElsewhere } from "../../support/staking/broadcast-elsewhere";
import { deliverNewestRun } from "../../support/staking/deliver-run";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const OMNI = 1_000_000n;
/** A sixtieth of all stake, so that it earns ten times a fee within seconds. */
const STAKE = 5_000_000n * OMNI;
const chains = createCosmosChainNodes({ onQuarantined: () => {} });

let localnet: Localnet;
let runtime: TestRuntime;
let networkId: string;
let genesis: string;
let holder: Holder;
beforeAll(async () => {
  localnet = await sharedLocalnet();
  runtime = await createTestRuntime({ ports: { chains } });
  await seedRegions(await runtime.ctx(), {});
  ({ id: networkId } = await registerTestNetwork(await runtime.ctx(), localnet));
  genesis = localnet.facts.validatorOperatorAddress;
  const actor = await chainActor();
  await fund(localnet, chains.forNetwork(localnet.network()), actor.address, STAKE + 1_000n * OMNI);
  holder = holderOf(runtime, networkId, await createPerson(runtime, walletOf(actor)));
  const amountBaseUnits = STAKE.toString();
  const act = await holder.perform({ kind: "delegate", operatorAddress: genesis, amountBaseUnits });
  expect(act.status).toBe("done");
});
afterAll(async () => {
  await chains.close();
  await runtime?.close();
});

/** The chain's own REST, read by nothing of ours. */
async function rest<Out>(path: string): Promise<Out> {
  const response = await fetch(`${localnet.restUrl}${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Out;
}
const stakeOnChain = async () =>
  BigInt(
    (
      await rest<{ delegation_response: { balance: { amount: string } } }>(
        `/cosmos/staking/v1beta1/validators/${genesis}/delegations/${holder.address}`,
      )
    ).delegation_response.balance.amount,
  );
const compounder = async () => {
  const [row] = await runtime.db.select().from(stakingCompounders).where(eq(stakingCompounders.networkId, networkId));
  if (row === undefined) throw new Error("nobody was granted anything yet");
  return row;
};
type RestGrants = { grants: { authorization: { "@type": string; max_tokens?: { amount: string } } }[] };
const grantsOnChain = async () =>
  (
    await rest<RestGrants>(
      `/cosmos/authz/v1beta1/grants?granter=${holder.address}&grantee=${(await compounder()).address}`,
    )
  ).grants;
const limitOnChain = async () => {
  const found = (await grantsOnChain()).find(({ authorization }) =>
    authorization["@type"].includes("StakeAuthorization"),
  );
  return BigInt(found?.authorization.max_tokens?.amount ?? "-1");
};

const compoundOf = async () => getWalletCompound(await holder.person.ctx(), { networkId, address: holder.address });
const tick = async () => compoundDue(await runtime.ctx(), {});
const runs = async () => runtime.db.select().from(stakingCompoundRuns);
/** Has the next tick look at it, however recently it was looked at. */
const makeDue = async () => runtime.db.update(stakingCompounds).set({ nextLookAt: new Date(0) });
/** Ticks until what was earned is worth its fee and went out. */
const untilSent = () =>
  eventually(
    "rewards are worth their fee",
    async () => {
      await makeDue();
      return (await tick()).sent === 1;
    },
    120_000,
  );

const LIMIT = 5_000n * OMNI;
const GRANT = {
  kind: "grant_compound",
  limitBaseUnits: LIMIT.toString(),
  feeLimitBaseUnits: (5n * OMNI).toString(),
  days: 30,
} as const;

describe("compounding by a grant, on a running chain", () => {
  it("is granted by one signature, limited to one validator, an amount and a day, and tells what the chain then has", async () => {
    const wish = { ...GRANT, operatorAddress: genesis };
    await expect(holder.prepare(wish, "amino")).rejects.toMatchObject({ code: "staking.amino_unsupported" });
    expect(await compoundOf()).toMatchObject({ isOffered: true, compound: null, grant: null });
    expect(await holder.perform(wish)).toMatchObject({ status: "done", kind: "grant_compound" });

    const shown = await compoundOf();
    expect(shown).toMatchObject({
      compound: { status: "active", operatorAddress: genesis },
      grant: { stakeLeftBaseUnits: LIMIT.toString(), mayWithdraw: true, feesLeftBaseUnits: GRANT.feeLimitBaseUnits },
    });
    const days = (Date.parse(shown.grant?.expiresAt ?? "") - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(await limitOnChain()).toBe(LIMIT);
    expect(await grantsOnChain()).toHaveLength(2);
    // Its key is sealed, and no answer and no audit row has it.
    const { sealedKey } = await compounder();
    expect(sealedKey).toMatch(/^v1\./);
    expect(JSON.stringify([shown, await runtime.db.select().from(auditEvents)])).not.toContain(sealedKey);
  });

  it("stakes what was earned once, whoever dies between deciding and sending, and the chain agrees to the unit", async () => {
    const compoundId = (await compoundOf()).compound?.id ?? "";
    const [stakeBefore, limitBefore] = [await stakeOnChain(), await limitOnChain()];
    await untilSent();
    // The process died before it sent anything: the next ticks find the kept bytes on their way, and make no other ones.
    await makeDue();
    expect(await Promise.all([tick(), tick()])).toEqual([{ sent: 0 }, { sent: 0 }]);
    expect(await runs()).toHaveLength(1);

    const { amountBaseUnits } = await deliverNewestRun(runtime, compoundId);
    const [run] = await runs();
    expect(run).toMatchObject({ status: "done", reason: null });
    expect(amountBaseUnits).toBeGreaterThan(0n);
    expect((await stakeOnChain()) - stakeBefore).toBe(amountBaseUnits);
    expect(limitBefore - (await limitOnChain())).toBe(amountBaseUnits);
    const shown = await compoundOf();
    expect(shown.runs).toMatchObject([{ status: "done", amountBaseUnits: amountBaseUnits.toString() }]);
    expect(shown.grant?.stakeLeftBaseUnits).toBe((LIMIT - amountBaseUnits).toString());
    // The wallet paid the fee, out of the allowance.
    expect(BigInt(shown.grant?.feesLeftBaseUnits ?? "0")).toBe(
      BigInt(GRANT.feeLimitBaseUnits) - (run?.feeBaseUnits ?? 0n),
    );
    // Until the next hour there is nothing to do.
    expect(await tick()).toEqual({ sent: 0 });
  }, 200_000);

  it("pauses and goes on without a signature", async () => {
    const compoundId = (await compoundOf()).compound?.id ?? "";
    const ctx = await holder.person.ctx();
    expect(await pauseCompound(ctx, { compoundId })).toMatchObject({ status: "paused" });
    await makeDue();
    expect(await tick()).toEqual({ sent: 0 });
    expect(await resumeCompound(ctx, { compoundId })).toMatchObject({ status: "active" });
  });

  it("ends with the revocation, which takes every grant from the chain", async () => {
    expect((await holder.perform({ kind: "revoke_compound" }, "amino")).status).toBe("done");
    expect(await grantsOnChain()).toEqual([]);
    expect(await compoundOf()).toMatchObject({
      compound: { status: "ended", statusReason: "staking.compound_revoked" },
      grant: null,
    });
    await makeDue();
    expect(await tick()).toEqual({ sent: 0 });
    await expect(holder.prepare({ kind: "revoke_compound" })).rejects.toMatchObject({
      code: "staking.nothing_to_revoke",
    });
  });

  it("finds a grant that was taken back elsewhere, stops by itself and says so", async () => {
    await holder.perform({ ...GRANT, operatorAddress: genesis });
    expect(await compoundOf()).toMatchObject({ compound: { status: "active" } });
    const prepared = await holder.prepare({ kind: "revoke_compound" });
    // The same bytes as by a wallet's own page: the product hears nothing of it.
    await broadcastElsewhere(chains.forNetwork(localnet.network()), await holder.sign(prepared));
    await makeDue();
    expect(await tick()).toEqual({ sent: 0 });
    expect(await compoundOf()).toMatchObject({
      compound: { status: "ended", statusReason: "staking.compound_revoked", statusSentence: expect.any(String) },
      grant: null,
    });
  });
});
