import { toBase64 } from "@cosmjs/encoding";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chainBlocks, chainTransactions } from "@/db/schema/chain";
import { directTransaction, signedTxBytes } from "@/lib/chain/build-transaction";
import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import { createValidatorMessage } from "@/lib/chain/messages/create-validator";
import { sendMessage } from "@/lib/chain/messages/send";
import { createCosmosChainNodes } from "@/server/adapters/cosmos/cosmos-chain-nodes";
import { acceptSigned, keepDocument, registerNetwork, resumeTransactions } from "@/server/domains/chain";
import { recordOutcomeOf, sendAccepted, watchTransaction } from "@/server/domains/chain/transactions/send-accepted";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { type ChainActor, chainActor } from "../../support/chain-actor";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { OMNI_PREFIXES } from "../../support/factories/validators";
import { startWireChain, type WireChain, wireValidatorKey } from "../../support/fakes/chain-node-wire";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const CHAIN_ID = "wire-1";
const KEY = wireValidatorKey(9);
const HERE = new Date().toISOString();

let runtime: TestRuntime;
let person: SignedInPerson;
let wire: WireChain;
let networkId: string;
beforeAll(async () => {
  wire = await startWireChain();
  runtime = await createTestRuntime({ ports: { chains: createCosmosChainNodes({ onQuarantined: () => {} }) } });
  person = await createPerson(runtime);
  const network = await registerNetwork(await runtime.ctx(), {
    chainId: CHAIN_ID,
    kind: "localnet",
    displayName: "A chain without an index",
    status: "active",
    isDefault: true,
    bech32: OMNI_PREFIXES,
    coinType: 60,
    baseDenom: "omniphi",
    displayDenom: "OMNI",
    denomExponent: 6,
    gasPriceSteps: { low: "0.01", average: "0.025", high: "0.05" },
    rpcUrls: [wire.url],
    restUrls: [wire.url],
  });
  networkId = network.id;
});
const QUIET = {
  mischief: "none",
  broadcast: { code: 0, codespace: "" },
  result: { code: 0, codespace: "", log: "" },
  keepsResults: true,
  hasIndex: false,
  sequence: 0,
  earliestHeightBlocks: 1n,
} as const;
beforeEach(() => {
  // Heights only grow, since what was read of a block may be remembered.
  Object.assign(wire.state, QUIET, { txs: {}, operators: {}, handedOver: [], blockAt: HERE });
});
afterEach(() => {
  wire.state.heightBlocks += 10n;
});
afterAll(async () => {
  await wire?.close();
  await runtime?.close();
});

const keep = defineChange("test.keep", (ctx: CommandCtx<string>, document: Parameters<typeof keepDocument>[1]) =>
  keepDocument(ctx, document),
);
const accept = defineChange("test.accept", (ctx: CommandCtx<string>, signed: Parameters<typeof acceptSigned>[1]) =>
  acceptSigned(ctx, signed),
);

const sendOf = (actor: ChainActor): BuiltMessage =>
  sendMessage({
    fromAddress: actor.address,
    toAddress: actor.address,
    amount: { denom: "omniphi", amountBaseUnits: 1n },
  });
const creationOf = (actor: ChainActor): BuiltMessage =>
  createValidatorMessage({
    operatorAddress: actor.operatorAddress,
    consensusPubkeyBase64: KEY,
    description: { moniker: "Unindexed", identity: "", website: "", securityContact: "", details: "" },
    commission: { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" },
    minSelfDelegationBaseUnits: 1n,
    selfDelegation: { denom: "omniphi", amountBaseUnits: 1_000_000n },
  });

/** A transaction whose signed bytes are kept, and what is done with it. */
async function accepted(messageOf: (actor: ChainActor) => BuiltMessage = sendOf) {
  const actor = await chainActor();
  const built = directTransaction({
    chainId: CHAIN_ID,
    accountNumber: 1n,
    sequence: 0n,
    pubkey: actor.pubkey,
    memo: "",
    gasLimit: 100_000n,
    fee: { denom: "omniphi", amountBaseUnits: 2_500n },
    messages: [messageOf(actor)],
  });
  const { organizationId, ...rest } = await person.ctx();
  if (organizationId === null) throw new Error("a person of a test has an organisation");
  const ctx = { ...rest, organizationId };
  const subject = { kind: "thing", id: actor.address };
  await keep(ctx, {
    subject,
    networkId,
    signerAddress: actor.address,
    type: "thing",
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
  const { transactionId } = await accept(ctx, { subject, txBytes, chainId: CHAIN_ID });
  const ref = { transactionId };
  const platform = await runtime.ctx();
  return {
    actor,
    txBytes,
    send: () => sendAccepted(platform, ref),
    look: () => watchTransaction(platform, ref),
    lookAndRecord: async () => recordOutcomeOf(platform, ref, await watchTransaction(platform, ref)),
    sweepAfter: (minutes: number) =>
      resumeTransactions({ ...platform, now: () => new Date(Date.now() + minutes * 60_000) }, { pageSize: 10 }),
    row: async () => {
      const [row] = await runtime.db.select().from(chainTransactions).where(eq(chainTransactions.id, transactionId));
      return { status: row?.status, reason: row?.statusReason, rawLog: row?.rawLog, height: row?.height };
    },
  };
}

/** The next block has the bytes, and the account's sequence is used. */
function include(txBytes: string): bigint {
  wire.state.heightBlocks += 2n;
  const height = wire.state.heightBlocks - 1n;
  wire.state.txs = { [height.toString()]: ["AAAA", txBytes] };
  wire.state.sequence = 1;
  return height;
}

describe("where no node keeps an index of transactions", () => {
  it("a transaction is sent all the same, and found in the block that has it", async () => {
    const one = await accepted();
    expect(await one.send()).toEqual({ outcome: "sent" });
    expect(wire.state.handedOver).toEqual([one.txBytes]);
    expect(await one.look()).toMatchObject({ isFound: false });
    const height = include(one.txBytes);
    expect(await one.lookAndRecord()).toEqual({ isIncluded: true });
    expect(await one.row()).toMatchObject({ status: "included", height });
  });

  it("what the block came to is told with the chain's words", async () => {
    const one = await accepted();
    await one.send();
    wire.state.result = { code: 5, codespace: "sdk", log: "insufficient funds" };
    const height = include(one.txBytes);
    await one.lookAndRecord();
    expect(await one.row()).toEqual({
      status: "failed",
      reason: "chain.transaction_reverted",
      rawLog: "insufficient funds",
      height,
    });
  });

  it("blocks that were recorded as empty are not read again", async () => {
    const one = await accepted();
    await one.send();
    const height = include(one.txBytes);
    const recorded = Array.from({ length: 60 }, (_, index) => height - 1n - BigInt(index));
    await runtime.db.insert(chainBlocks).values(
      recorded.map((heightBlocks, index) => ({
        networkId,
        heightBlocks,
        hash: heightBlocks.toString(16).toUpperCase().padStart(64, "0"),
        blockAt: new Date(Date.now() - index * 1_000),
        proposerAddressHex: "AA".repeat(20),
        setHash: "00",
        txCount: 0,
        signatures: "c",
      })),
    );
    wire.requests.length = 0;
    expect(await one.lookAndRecord()).toEqual({ isIncluded: true });
    const read = wire.requests.flatMap((request) => /\/block\?height=(\d+)/.exec(request)?.[1] ?? []);
    expect(read.some((told) => recorded.includes(BigInt(told)))).toBe(false);
    await runtime.db.delete(chainBlocks);
  });

  it("the sweep finds it too, when the run is lost", async () => {
    const one = await accepted();
    expect(await one.sweepAfter(4)).toEqual({ resumed: 1 });
    const height = include(one.txBytes);
    await one.sweepAfter(8);
    expect(await one.row()).toMatchObject({ status: "included", height });
  });

  it.each([
    ["made", KEY, { status: "included", reason: null }],
    ["not made", wireValidatorKey(1), { status: "failed", reason: "chain.transaction_reverted" }],
  ])("and none tells what blocks came to, the validator itself says whether it was %s", async (_, key, expected) => {
    const one = await accepted(creationOf);
    await one.send();
    wire.state.keepsResults = false;
    wire.state.operators = { [one.actor.operatorAddress]: key };
    const height = include(one.txBytes);
    await one.lookAndRecord();
    expect(await one.row()).toMatchObject({ ...expected, height });
  });

  it("another transaction in its place ends it at once: no block can take it any more", async () => {
    const one = await accepted();
    await one.send();
    include("AAAA");
    await one.lookAndRecord();
    expect(await one.row()).toMatchObject({ status: "failed", reason: "chain.sequence_spent" });
  });

  it("nothing is called over while a block in between cannot be read", async () => {
    const one = await accepted();
    await one.send();
    include("AAAA");
    wire.state.earliestHeightBlocks = wire.state.heightBlocks;
    expect(await one.look()).toEqual({ isFound: false, code: null, codespace: null, reason: "", heightBlocks: null });
    expect(wire.state.handedOver).toEqual([one.txBytes]);
  });
});

describe("bytes that were signed once", () => {
  it.each(["hang_up_after_post", "bad_gateway_after_post"] as const)(
    "are sent again after a sending without an answer (%s), and nobody signs twice",
    async (mischief) => {
      const one = await accepted();
      wire.state.mischief = mischief;
      expect(await one.send()).toEqual({ outcome: "unknown" });
      expect(await one.row()).toMatchObject({ status: "broadcast" });
      wire.state.mischief = "none";
      expect(await one.look()).toMatchObject({ isFound: false });
      expect(new Set(wire.state.handedOver)).toEqual(new Set([one.txBytes]));
      include(one.txBytes);
      await one.lookAndRecord();
      expect(await one.row()).toMatchObject({ status: "included" });
    },
  );

  it("are sent again when they fell out of the mempool, and not once their sequence is used", async () => {
    const one = await accepted();
    await one.send();
    await one.look();
    await one.look();
    expect(wire.state.handedOver).toEqual([one.txBytes, one.txBytes, one.txBytes]);
    include(one.txBytes);
    await one.look();
    expect(wire.state.handedOver).toHaveLength(3);
  });

  it("stay on their way while the chain only has no room or hears them out of turn", async () => {
    const one = await accepted();
    for (const code of [20, 32]) {
      wire.state.broadcast = { code, codespace: "sdk" };
      expect(await one.send()).toEqual({ outcome: "unknown" });
      expect(await one.row()).toMatchObject({ status: "broadcast" });
    }
    wire.state.broadcast = { code: 0, codespace: "" };
    include(one.txBytes);
    expect(await one.lookAndRecord()).toEqual({ isIncluded: true });
  });

  it("end with the chain's own reason when it will never take them, also at a later sending", async () => {
    const one = await accepted();
    await one.send();
    wire.state.broadcast = { code: 5, codespace: "sdk", rawLog: "spendable balance 1omniphi is smaller\u202e" };
    await one.lookAndRecord();
    const { status, reason, rawLog } = await one.row();
    expect({ status, reason }).toEqual({ status: "failed", reason: "chain.transaction_refused" });
    expect(rawLog).toContain("spendable balance 1omniphi is smaller");
    expect(rawLog).not.toContain("\u202e");
  });

  it("refused because a block has them already are found there", async () => {
    const one = await accepted();
    await one.send();
    wire.state.broadcast = { code: 32, codespace: "sdk" };
    include(one.txBytes);
    expect(await one.send()).toEqual({ outcome: "sent" });
    await one.lookAndRecord();
    expect(await one.row()).toMatchObject({ status: "included" });
  });
});
