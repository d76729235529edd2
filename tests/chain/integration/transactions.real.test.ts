import { setTimeout as delay } from "node:timers/promises";
import { Secp256k1HdWallet } from "@cosmjs/amino";
import { CosmWasmClient, SigningCosmWasmClient } from "@cosmjs/cosmwasm-stargate";
import { Random } from "@cosmjs/crypto";
import { toBase64 } from "@cosmjs/encoding";
import { GasPrice } from "@cosmjs/stargate";
import { MsgSubmitProposal } from "cosmjs-types/cosmos/gov/v1/tx";
import type { Any } from "cosmjs-types/google/protobuf/any";
import { beforeAll, describe, expect, it } from "vitest";
import { directSignBytes } from "@/lib/chain/build-transaction";
import { decodeSignDoc, splitSignedTx } from "@/lib/chain/decode/decode-sign-doc";
import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import {
  beginRedelegateMessage,
  cancelUnbondingMessage,
  delegateMessage,
  undelegateMessage,
} from "@/lib/chain/messages/delegation";
import { withdrawDelegatorRewardMessage, withdrawValidatorCommissionMessage } from "@/lib/chain/messages/distribution";
import { editValidatorMessage } from "@/lib/chain/messages/edit-validator";
import { sendMessage } from "@/lib/chain/messages/send";
import { unjailMessage } from "@/lib/chain/messages/unjail";
import { voteMessage } from "@/lib/chain/messages/vote";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import type { ChainNode, ChainValidator } from "@/server/ports/chain-node";
import { type ChainActor, fundedActor } from "../../support/chain-actor";
import { type Localnet, sharedLocalnet } from "../../support/localnet";

const OMNI = 1_000_000n;
const omni = (amount: bigint) => ({ denom: "omniphi", amountBaseUnits: amount * OMNI });

type Mode = "direct" | "amino";
type Stage = {
  localnet: Localnet;
  chain: ChainNode;
  person: ChainActor;
  consensusPubkeyBase64: string;
  /** The validator as it was right after its creation, before the chain slashed it for its missing node. */
  created: ChainValidator;
};

const acceptedBy = async ({ chain, person }: Pick<Stage, "chain" | "person">, mode: Mode, messages: BuiltMessage[]) => {
  const included = await person.submit(chain, messages, { mode });
  expect(included).toMatchObject({
    code: 0,
    codespace: "",
    messageTypeUrls: messages.map((message) => message.typeUrl),
  });
  return included;
};

/** A person with a validator that no node signs for, created with a message signed in that mode. */
async function stageOf(mode: Mode): Promise<Stage> {
  const localnet = await sharedLocalnet();
  const chain = createCosmosChainNodes({ onQuarantined: () => {} }).forNetwork(localnet.network());
  const person = await fundedActor(localnet, chain, 500n * OMNI);
  const stage = { localnet, chain, person, consensusPubkeyBase64: toBase64(Random.getBytes(32)) };
  const message = createValidatorMessage({
    operatorAddress: person.operatorAddress,
    consensusPubkeyBase64: stage.consensusPubkeyBase64,
    description: {
      moniker: `First ${mode}`,
      identity: "",
      website: "https://example.org",
      securityContact: "",
      details: "kept",
    },
    commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
    minSelfDelegationBaseUnits: OMNI,
    selfDelegation: omni(50n),
  });
  await acceptedBy(stage, mode, [message]);
  return { ...stage, created: await chain.validatorByOperator(person.operatorAddress, { maxAgeMs: 0 }) };
}

/** Both at once, so that their minutes in jail pass together. */
let stages: Record<Mode, Promise<Stage>> | undefined;

describe.each(["direct", "amino"] as const)("every builder on a running chain, signed %s", (mode) => {
  let { localnet, chain, person, consensusPubkeyBase64, created } = {} as Stage;

  beforeAll(async () => {
    stages ??= { direct: stageOf("direct"), amino: stageOf("amino") };
    ({ localnet, chain, person, consensusPubkeyBase64, created } = await stages[mode]);
  });

  const accepted = (...messages: BuiltMessage[]) => acceptedBy({ chain, person }, mode, messages);
  const own = () => ({ delegatorAddress: person.address, operatorAddress: person.operatorAddress });
  const genesis = () => localnet.facts.validatorOperatorAddress;

  it("MsgCreateValidator: the chain shows our key, rates and stake", () => {
    expect(created).toMatchObject({
      consensusPubkeyBase64,
      commissionRate: "0.1",
      commissionMaxRate: "0.2",
      commissionMaxChangeRate: "0.01",
      tokensBaseUnits: 50n * OMNI,
      minSelfDelegationBaseUnits: OMNI,
    });
    expect(created.description).toMatchObject({
      moniker: `First ${mode}`,
      website: "https://example.org",
      details: "kept",
    });
  });

  it("MsgEditValidator: a new moniker leaves everything else as it was", async () => {
    const before = await chain.validatorByOperator(person.operatorAddress, { maxAgeMs: 0 });
    await accepted(
      editValidatorMessage({ operatorAddress: person.operatorAddress, description: { moniker: `Second ${mode}` } }),
    );
    const after = await chain.validatorByOperator(person.operatorAddress, { maxAgeMs: 0 });
    expect(after.description).toEqual({ ...before.description, moniker: `Second ${mode}` });
    expect(after.commissionRate).toBe(before.commissionRate);
    expect(after.minSelfDelegationBaseUnits).toBe(before.minSelfDelegationBaseUnits);
  });

  it("MsgEditValidator: a field can be cleared and the least stake raised; a second rate within a day is refused by the chain", async () => {
    await accepted(
      editValidatorMessage({
        operatorAddress: person.operatorAddress,
        description: { website: "" },
        minSelfDelegationBaseUnits: 2n * OMNI,
      }),
    );
    const after = await chain.validatorByOperator(person.operatorAddress, { maxAgeMs: 0 });
    expect(after.description).toMatchObject({ website: "", details: "kept" });
    expect(after.minSelfDelegationBaseUnits).toBe(2n * OMNI);
    const rate = editValidatorMessage({ operatorAddress: person.operatorAddress, commissionRate: "0.11" });
    const refused = await person.submit(chain, [rate], { mode, gasLimit: 300_000n });
    expect(refused).toMatchObject({ codespace: "staking", code: 12 });
  });

  it("MsgDelegate, MsgBeginRedelegate, MsgUndelegate and MsgCancelUnbondingDelegation move exactly their amounts", async () => {
    const staked = async () => {
      const rows = await chain.delegations(person.address, { maxAgeMs: 0 });
      return rows.find((row) => row.operatorAddress === genesis())?.amountBaseUnits;
    };
    await accepted(delegateMessage({ ...own(), operatorAddress: genesis(), amount: omni(20n) }));
    expect(await staked()).toBe(20n * OMNI);
    await accepted(
      beginRedelegateMessage({
        delegatorAddress: person.address,
        sourceOperatorAddress: genesis(),
        destinationOperatorAddress: person.operatorAddress,
        amount: omni(5n),
      }),
    );
    expect(await staked()).toBe(15n * OMNI);
    const redelegations = await chain.redelegations(person.address, { maxAgeMs: 0 });
    expect(redelegations).toMatchObject([
      { sourceOperatorAddress: genesis(), destinationOperatorAddress: person.operatorAddress },
    ]);
    // The destination has no node, so the chain may have slashed it by now, once, by one part in ten thousand.
    const lost = 5n * OMNI - (redelegations[0]?.balanceBaseUnits ?? 0n);
    expect(lost).toBeGreaterThanOrEqual(0n);
    expect(lost).toBeLessThanOrEqual((5n * OMNI) / 10_000n + 1n);
    const undelegated = await accepted(undelegateMessage({ ...own(), operatorAddress: genesis(), amount: omni(4n) }));
    expect(await chain.unbondings(person.address, { maxAgeMs: 0 })).toMatchObject([
      { operatorAddress: genesis(), creationHeightBlocks: undelegated.heightBlocks, balanceBaseUnits: 4n * OMNI },
    ]);
    await accepted(
      cancelUnbondingMessage({
        ...own(),
        operatorAddress: genesis(),
        amount: omni(4n),
        creationHeightBlocks: undelegated.heightBlocks,
      }),
    );
    expect(await chain.unbondings(person.address, { maxAgeMs: 0 })).toEqual([]);
    expect(await staked()).toBe(15n * OMNI);
  });

  it("MsgWithdrawDelegatorReward and MsgWithdrawValidatorCommission", async () => {
    const bonded = await chain.validatorByOperator(genesis());
    expect(bonded.status).toBe("bonded");
    const rewards = await chain.rewards(person.address, { maxAgeMs: 0 });
    expect(rewards.byValidator.map((row) => row.operatorAddress)).toContain(genesis());
    await accepted(
      ...[genesis(), person.operatorAddress].map((operatorAddress) =>
        withdrawDelegatorRewardMessage({ delegatorAddress: person.address, operatorAddress }),
      ),
    );
    // A validator that never signed may have earned nothing: then the chain says so, having understood the message.
    const outstanding = await chain.outstandingCommission(person.operatorAddress, { maxAgeMs: 0 });
    const message = withdrawValidatorCommissionMessage({ operatorAddress: person.operatorAddress });
    const withdrawn = await person.submit(chain, [message], { mode, gasLimit: 300_000n });
    expect(outstanding.length > 0 ? withdrawn.code : withdrawn.codespace).toBe(
      outstanding.length > 0 ? 0 : "distribution",
    );
  });

  it("MsgVote on a real proposal", async () => {
    const submitted = await person.submit(chain, [proposalMessage(person.address)], { mode: "direct" });
    expect(submitted.code).toBe(0);
    const [newest] = await chain.proposals({ maxAgeMs: 0 });
    expect(newest).toMatchObject({ status: "voting_period", title: "A proposal to vote on" });
    if (newest === undefined) throw new Error("no proposal");
    for (const option of ["yes", "abstain", "no_with_veto", "no"] as const) {
      await accepted(voteMessage({ voterAddress: person.address, proposalId: newest.proposalId, option }));
    }
    const answer = await fetch(
      `${localnet.restUrl}/cosmos/gov/v1/proposals/${newest.proposalId}/votes/${person.address}`,
    );
    expect(await answer.json()).toMatchObject({ vote: { options: [{ option: "VOTE_OPTION_NO" }] } });
  });

  it("MsgSend", async () => {
    await accepted(
      sendMessage({ fromAddress: person.address, toAddress: localnet.facts.faucetAddress, amount: omni(1n) }),
    );
  });

  it("MsgUnjail releases the validator that no node signed for", async () => {
    const jailed = async () => (await chain.validatorByOperator(person.operatorAddress, { maxAgeMs: 0 })).jailed;
    while (!(await jailed())) await delay(250);
    const { consensusAddress } = await chain.validatorByOperator(person.operatorAddress);
    const { jailedUntil } = await chain.signingInfo(consensusAddress, { maxAgeMs: 0 });
    const isOver = async () =>
      Date.parse((await chain.status({ maxAgeMs: 0 })).latestBlockAt) > Date.parse(jailedUntil);
    while (!(await isOver())) await delay(250);
    await accepted(unjailMessage({ operatorAddress: person.operatorAddress }));
    expect(await jailed()).toBe(false);
  });
});

describe("with @cosmjs/cosmwasm-stargate as the other side", () => {
  it("takes from it what we built, and explains what it built", async () => {
    const localnet = await sharedLocalnet();
    const chain = createCosmosChainNodes({ onQuarantined: () => {} }).forNetwork(localnet.network());
    const person = await fundedActor(localnet, chain, 50n * OMNI);
    const client = await CosmWasmClient.connect(localnet.rpcUrl);
    const message = sendMessage({
      fromAddress: person.address,
      toAddress: localnet.facts.faucetAddress,
      amount: omni(1n),
    });
    const included = await client.broadcastTx(await person.prepare(chain, [message]));
    expect(included.code).toBe(0);
    expect((await client.getBalance(person.address, "omniphi")).denom).toBe("omniphi");
    client.disconnect();

    const wallet = await Secp256k1HdWallet.generate(12, { prefix: "omni" });
    const [account] = await wallet.getAccounts();
    if (account === undefined) throw new Error("a wallet without an account");
    const funding = sendMessage({ fromAddress: person.address, toAddress: account.address, amount: omni(5n) });
    expect((await person.submit(chain, [funding])).code).toBe(0);
    const signer = await SigningCosmWasmClient.connectWithSigner(localnet.rpcUrl, wallet, {
      gasPrice: GasPrice.fromString("0.025omniphi"),
    });
    const value = {
      delegatorAddress: account.address,
      validatorAddress: localnet.facts.validatorOperatorAddress,
      amount: { denom: "omniphi", amount: "1000000" },
    };
    const sent = await signer.signAndBroadcast(
      account.address,
      [{ typeUrl: "/cosmos.staking.v1beta1.MsgDelegate", value }],
      "auto",
      "by cosmjs",
    );
    expect(sent.code).toBe(0);
    const raw = await signer.getTx(sent.transactionHash);
    if (raw === null) throw new Error("the transaction is not found");
    const { bodyBytes, authInfoBytes } = splitSignedTx(raw.tx);
    const { accountNumber } = await chain.account(account.address);
    const decoded = decodeSignDoc(
      directSignBytes({ bodyBytes, authInfoBytes, chainId: localnet.facts.chainId, accountNumber }),
    );
    expect(decoded.messages.map((one) => one.title)).toEqual([
      `Stake 1\u202f000\u202f000 omniphi with the validator ${localnet.facts.validatorOperatorAddress}`,
    ]);
    expect(decoded.warnings).toEqual([]);
    signer.disconnect();
  });

  it("has the chain refuse every tampered copy of a signed transaction", async () => {
    const localnet = await sharedLocalnet();
    const chain = createCosmosChainNodes({ onQuarantined: () => {} }).forNetwork(localnet.network());
    const person = await fundedActor(localnet, chain, 50n * OMNI);
    const txBytes = await person.prepare(chain, [
      sendMessage({ fromAddress: person.address, toAddress: localnet.facts.faucetAddress, amount: omni(1n) }),
    ]);
    for (const at of [20, 60, txBytes.length - 10]) {
      const tampered = txBytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(chain.broadcast(tampered)).rejects.toMatchObject({ code: "chain.transaction_refused" });
    }
    expect((await chain.account(person.address, { maxAgeMs: 0 })).sequence).toBe(0n);
  });
});

function proposalMessage(proposer: string): BuiltMessage {
  const value = MsgSubmitProposal.encode(
    MsgSubmitProposal.fromPartial({
      messages: [] as Any[],
      initialDeposit: [{ denom: "omniphi", amount: (10n * OMNI).toString() }],
      proposer,
      title: "A proposal to vote on",
      summary: "It changes nothing.",
      metadata: "A question without an action",
    }),
  ).finish();
  return { typeUrl: "/cosmos.gov.v1.MsgSubmitProposal", value, amino: { type: "", value: {} } };
}
