import { Random } from "@cosmjs/crypto";
import { toBase64 } from "@cosmjs/encoding";
import { MsgSubmitProposal } from "cosmjs-types/cosmos/gov/v1/tx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { seedRegions } from "@/server/domains/regions";
import { getProposal, listProposals } from "@/server/domains/staking";
import { type ChainActor, chainActor, fund } from "../../support/chain-actor";
import { eventually } from "../../support/eventually";
import { createPerson } from "../../support/factories/identity";
import { registerTestNetwork } from "../../support/factories/networks";
import { type Localnet, sharedLocalnet } from "../../support/localnet";
import { type Holder, holderOf, walletOf } from "../../support/staking/act-stage";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const OMNI = 1_000_000n;
const chains = createCosmosChainNodes({ onQuarantined: () => {} });

let localnet: Localnet;
let runtime: TestRuntime;
let networkId: string;
/** Operates a validator that no node signs for, so that the chain jails it. */
let operator: Holder & { readonly actor: ChainActor };
let second: Holder & { readonly actor: ChainActor };
let genesis: string;

async function createHolder(): Promise<Holder & { readonly actor: ChainActor }> {
  const actor = await chainActor();
  await fund(localnet, chains.forNetwork(localnet.network()), actor.address, 200n * OMNI);
  return { ...holderOf(runtime, networkId, await createPerson(runtime, walletOf(actor))), actor };
}

/** The chain's own REST, read by nothing of ours. */
async function rest<Out>(path: string): Promise<Out> {
  const response = await fetch(`${localnet.restUrl}${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Out;
}
type RestValidator = {
  validator: {
    jailed: boolean;
    tokens: string;
    description: { moniker: string; website: string; details: string };
    commission: { commission_rates: { rate: string } };
  };
};
const validatorOnChain = async (address: string) =>
  (await rest<RestValidator>(`/cosmos/staking/v1beta1/validators/${address}`)).validator;
const stakeOnChain = async (delegator: string, validator: string) =>
  (
    await rest<{ delegation_response: { balance: { amount: string } } }>(
      `/cosmos/staking/v1beta1/validators/${validator}/delegations/${delegator}`,
    )
  ).delegation_response.balance.amount;
const unbondingOnChain = async (delegator: string) =>
  (
    await rest<{ unbonding_responses: { entries: { balance: string }[] }[] }>(
      `/cosmos/staking/v1beta1/delegators/${delegator}/unbonding_delegations`,
    )
  ).unbonding_responses.flatMap(({ entries }) => entries.map(({ balance }) => balance));
const balanceOnChain = async (address: string) =>
  BigInt(
    (await rest<{ balance: { amount: string } }>(`/cosmos/bank/v1beta1/balances/${address}/by_denom?denom=omniphi`))
      .balance.amount,
  );

beforeAll(async () => {
  localnet = await sharedLocalnet();
  runtime = await createTestRuntime({ ports: { chains } });
  await seedRegions(await runtime.ctx(), {});
  ({ id: networkId } = await registerTestNetwork(await runtime.ctx(), localnet));
  genesis = localnet.facts.validatorOperatorAddress;
  operator = await createHolder();
  second = await createHolder();
  const created = await operator.actor.submit(chains.forNetwork(localnet.network()), [
    createValidatorMessage({
      operatorAddress: operator.actor.operatorAddress,
      consensusPubkeyBase64: toBase64(Random.getBytes(32)),
      description: {
        moniker: "Acted on",
        identity: "",
        website: "https://example.org",
        securityContact: "",
        details: "kept",
      },
      commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
      minSelfDelegationBaseUnits: OMNI,
      selfDelegation: { denom: "omniphi", amountBaseUnits: 5n * OMNI },
    }),
  ]);
  expect(created.code).toBe(0);
});
afterAll(async () => {
  await chains.close();
  await runtime?.close();
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (thrown: { code: string }) => thrown.code,
  );

describe("acts on a running chain, each compared with the chain's own REST", () => {
  it("edit profile: the moniker alone changes", async () => {
    const act = await operator.perform({ kind: "edit_profile", validatorName: "Acted upon" });
    expect(act).toMatchObject({ status: "done", kind: "edit_profile" });
    expect((await validatorOnChain(operator.actor.operatorAddress)).description).toMatchObject({
      moniker: "Acted upon",
      website: "https://example.org",
      details: "kept",
    });
  });

  it("edit commission: within a day of the last change it is refused before signing, with the time of the next", async () => {
    await expect(operator.prepare({ kind: "edit_commission", commissionRate: "0.11" })).rejects.toMatchObject({
      code: "staking.commission_changed_within_a_day",
      details: { changeableAt: expect.stringMatching(/Z$/) },
    });
    const { commission } = await validatorOnChain(operator.actor.operatorAddress);
    expect(Number(commission.commission_rates.rate)).toBe(0.1);
  });

  it("delegate from a second wallet, undelegate a part, cancel that", async () => {
    const stake = { kind: "delegate", operatorAddress: genesis, amountBaseUnits: (50n * OMNI).toString() } as const;
    expect((await second.perform(stake)).status).toBe("done");
    expect(await stakeOnChain(second.address, genesis)).toBe("50000000");

    const take = { kind: "undelegate", operatorAddress: genesis, amountBaseUnits: (20n * OMNI).toString() } as const;
    expect((await second.perform(take, "amino")).status).toBe("done");
    expect(await stakeOnChain(second.address, genesis)).toBe("30000000");
    expect(await unbondingOnChain(second.address)).toEqual(["20000000"]);

    const [entry] = (await second.position()).unbondings;
    expect(entry).toMatchObject({ operatorAddress: genesis, balanceBaseUnits: "20000000" });
    const cancel = {
      kind: "cancel_unbonding",
      operatorAddress: genesis,
      creationHeightBlocks: entry?.creationHeightBlocks ?? "",
      amountBaseUnits: (15n * OMNI).toString(),
    } as const;
    expect((await second.perform(cancel, "amino")).status).toBe("done");
    expect(await stakeOnChain(second.address, genesis)).toBe("45000000");
    expect(await unbondingOnChain(second.address)).toEqual(["5000000"]);
  });

  it("redelegate; moving on from there is refused before signing", async () => {
    const to = operator.actor.operatorAddress;
    const shift = {
      kind: "redelegate",
      sourceOperatorAddress: genesis,
      destinationOperatorAddress: to,
      amountBaseUnits: OMNI.toString(),
    } as const;
    expect((await second.perform(shift, "amino")).status).toBe("done");
    expect(await stakeOnChain(second.address, genesis)).toBe("44000000");
    const back = { ...shift, sourceOperatorAddress: to, destinationOperatorAddress: genesis, amountBaseUnits: "1" };
    expect(await codeOf(second.prepare(back))).toBe("staking.redelegation_hop");
    expect((await second.position()).redelegations).toMatchObject([{ destinationOperatorAddress: to }]);
  });

  it("withdraw pays out, and claim all does for every validator and the commission", async () => {
    await eventually("rewards have grown", async () => (await second.position()).rewardsBaseUnits !== "0");
    const before = await balanceOnChain(second.address);
    const act = await second.perform({ kind: "withdraw", operatorAddress: genesis });
    expect(act.status).toBe("done");
    const after = await balanceOnChain(second.address);
    expect(after).toBeGreaterThan(before - BigInt(act.feeBaseUnits));

    await eventually("rewards have grown again", async () => (await second.position()).rewardsBaseUnits !== "0");
    const claimed = await second.perform({ kind: "claim_all" }, "amino");
    expect(claimed).toMatchObject({ status: "done", heightBlocks: expect.stringMatching(/^\d+$/) });
    expect(claimed.sentences.every((sentence) => sentence.startsWith("Withdraw"))).toBe(true);
  });

  it("tells a yearly rate only with a measured block time", async () => {
    // No watcher has measured this network in this database.
    const position = await second.position();
    expect(position).toMatchObject({
      aprBeforeCommission: null,
      aprUnknownBecause: "The time between blocks has not been measured yet.",
    });
  });

  it("deposit brings a proposal to its vote; the vote is the chain's, and a later one replaces it", async () => {
    const submitted = await second.actor.submit(chains.forNetwork(localnet.network()), [
      proposalMessage(second.address),
    ]);
    expect(submitted.code).toBe(0);
    const ctx = await second.person.ctx();
    const proposal = await eventually("the proposal is listed", async () => {
      const { items } = await listProposals(ctx, { networkId, status: "deposit_period" });
      return items.find(({ title }) => title === "A question of the acts");
    });
    const { proposalId } = proposal;
    expect(await codeOf(second.prepare({ kind: "vote", proposalId, option: "yes" }))).toBe("staking.voting_closed");
    const deposit = { kind: "deposit", proposalId, amountBaseUnits: (6n * OMNI).toString() } as const;
    expect((await second.perform(deposit, "amino")).status).toBe("done");
    const chainProposal = async () =>
      (
        await rest<{ proposal: { status: string; total_deposit: { amount: string }[] } }>(
          `/cosmos/gov/v1/proposals/${proposalId}`,
        )
      ).proposal;
    expect(await chainProposal()).toMatchObject({
      status: "PROPOSAL_STATUS_VOTING_PERIOD",
      total_deposit: [{ amount: "11000000" }],
    });

    for (const [option, mode] of [
      ["no_with_veto", "direct"],
      ["abstain", "amino"],
    ] as const) {
      expect((await second.perform({ kind: "vote", proposalId, option }, mode)).status).toBe("done");
      const { vote } = await rest<{ vote: { options: { option: string }[] } }>(
        `/cosmos/gov/v1/proposals/${proposalId}/votes/${second.address}`,
      );
      expect(vote.options.map((one) => one.option)).toEqual([`VOTE_OPTION_${option.toUpperCase()}`]);
    }
    const shown = await eventually("the count knows the vote", async () => {
      const one = await getProposal(ctx, { networkId, proposalId });
      return one.tally.abstain !== "0" && one;
    });
    expect(shown).toMatchObject({
      status: "voting_period",
      votes: [{ address: second.address, options: [{ option: "abstain", weight: "1" }] }],
      guard: null,
      guardUnknownBecause: null,
      messages: [],
    });
  });

  it("unjail: refused while jail lasts, then done", async () => {
    const address = operator.actor.operatorAddress;
    await eventually(
      "the chain has jailed the validator that does not sign",
      async () => (await validatorOnChain(address)).jailed,
      120_000,
    );
    const jailed = await operator.position();
    const code = await codeOf(operator.prepare({ kind: "unjail" }));
    // The minute may be over where the machine was busy; then it is accepted, and the wait below is none.
    expect(["staking.jail_not_over", "accepted"]).toContain(code);
    expect(jailed.ownValidator).toMatchObject({ isJailed: true, isTombstoned: false });
    await eventually(
      "jail is over",
      async () => (await operator.position()).ownValidator?.unjailRefusal === null,
      120_000,
    );
    expect((await operator.perform({ kind: "unjail" })).status).toBe("done");
    expect((await validatorOnChain(address)).jailed).toBe(false);
    expect(await codeOf(operator.prepare({ kind: "unjail" }))).toBe("staking.not_jailed");
  });
});

/** A question without an action, with half of the deposit that it needs. */
function proposalMessage(proposer: string): BuiltMessage {
  const value = MsgSubmitProposal.encode(
    MsgSubmitProposal.fromPartial({
      messages: [],
      initialDeposit: [{ denom: "omniphi", amount: (5n * OMNI).toString() }],
      proposer,
      title: "A question of the acts",
      summary: "It changes nothing.",
      metadata: "A question without an action",
    }),
  ).finish();
  return { typeUrl: "/cosmos.gov.v1.MsgSubmitProposal", value, amino: { type: "", value: {} } };
}
