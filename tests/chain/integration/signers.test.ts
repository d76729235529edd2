import { toBase64 } from "@cosmjs/encoding";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainTransactions } from "@/db/schema/chain";
import { directTransaction, signedTxBytes } from "@/lib/chain/build-transaction";
import { sendMessage } from "@/lib/chain/messages/send";
import { acceptSigned, buildDocument, keepDocument } from "@/server/domains/chain";
import { recordOutcomeOf } from "@/server/domains/chain/transactions/send-accepted";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { type ChainActor, chainActor } from "../../support/chain-actor";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const CHAIN_ID = "omniphi-localnet-1";
const NOT_SEEN = { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null };
const IN_A_BLOCK = { isFound: true, code: 0, codespace: "", reason: "", heightBlocks: "7" };
const REVERTED = { isFound: true, code: 5, codespace: "sdk", reason: "insufficient funds", heightBlocks: "7" };

let runtime: TestRuntime;
let people: readonly [SignedInPerson, SignedInPerson];
beforeAll(async () => {
  runtime = await createTestRuntime();
  people = [await createPerson(runtime), await createPerson(runtime)];
});
afterAll(() => runtime?.close());

type Wanted = { readonly sequence?: bigint; readonly networkId?: string };
const keep = defineChange("test.keep", (ctx: CommandCtx<string>, document: Parameters<typeof keepDocument>[1]) =>
  keepDocument(ctx, document),
);
const accept = defineChange("test.accept", (ctx: CommandCtx<string>, signed: Parameters<typeof acceptSigned>[1]) =>
  acceptSigned(ctx, signed),
);

/** Two organisations that the same wallet signs for, each with things to be signed. */
async function stage() {
  const actor = await chainActor();
  let subjects = 0;
  const subjectOf = (person: SignedInPerson, sequence = 0n, networkId = "net_of_this_test") => {
    subjects += 1;
    const subject = { kind: "thing", id: `${actor.address}-${subjects}` };
    const built = documentOf(actor, sequence, subjects);
    return {
      subject,
      prepare: async () => keep(await organizationOf(person), { ...built.kept, subject, networkId }),
      sign: async () => accept(await organizationOf(person), { subject, txBytes: built.txBytes, chainId: CHAIN_ID }),
      status: async () => {
        const rows = await runtime.db
          .select()
          .from(chainTransactions)
          .where(eq(chainTransactions.subjectId, subject.id));
        return rows.map(({ status }) => status);
      },
    };
  };
  const [one, other] = people;
  return {
    actor,
    mine: ({ sequence, networkId }: Wanted = {}) => subjectOf(one, sequence, networkId),
    theirs: ({ sequence, networkId }: Wanted = {}) => subjectOf(other, sequence, networkId),
  };
}

async function organizationOf(person: SignedInPerson) {
  const ctx = await person.ctx();
  const { organizationId } = ctx;
  if (organizationId === null) throw new Error("a person of a test has an organisation");
  return { ...ctx, organizationId };
}

function documentOf(actor: ChainActor, sequence: bigint, amount: number) {
  const built = directTransaction({
    chainId: CHAIN_ID,
    accountNumber: 1n,
    sequence,
    pubkey: actor.pubkey,
    memo: "",
    gasLimit: 100_000n,
    fee: { denom: "omniphi", amountBaseUnits: 2_500n },
    messages: [
      sendMessage({
        fromAddress: actor.address,
        toAddress: actor.address,
        amount: { denom: "omniphi", amountBaseUnits: BigInt(amount) },
      }),
    ],
  });
  const kept = {
    signerAddress: actor.address,
    type: "send",
    signMode: "direct",
    bodyBytesBase64: toBase64(built.bodyBytes),
    authInfoBytesBase64: toBase64(built.authInfoBytes),
    signBytesBase64: toBase64(built.signBytes),
    signerPubkeyBase64: toBase64(actor.pubkey),
    accountNumber: "1",
    sequence: sequence.toString(),
    fingerprint: built.fingerprint,
  } as const;
  return { kept, txBytes: toBase64(signedTxBytes({ ...built, signature: actor.sign(built.signBytes) })) };
}

const busy = { kind: "conflict", code: "chain.signer_busy" };

describe("while a transaction of an account is on its way", () => {
  it("nothing else of the account is prepared or taken, whichever organisation asks", async () => {
    const { mine, theirs } = await stage();
    const [first, second] = [mine(), theirs()];
    await first.prepare();
    await second.prepare();
    await first.sign();
    await expect(second.sign()).rejects.toMatchObject(busy);
    expect(await second.status()).toEqual(["prepared"]);
    await expect(second.prepare()).rejects.toMatchObject(busy);
    await expect(mine({ sequence: 1n }).prepare()).rejects.toMatchObject(busy);
  });

  it("the chain is not asked for a document of the account", async () => {
    const { actor, mine } = await stage();
    const first = mine();
    await first.prepare();
    await first.sign();
    // This runtime has no chain to ask: a question would fail otherwise.
    const asked = buildDocument(await organizationOf(people[0]), {
      network: {
        networkId: "net_of_this_test",
        chainId: CHAIN_ID,
        rpcUrls: [],
        restUrls: [],
        bech32: { account: "omni", validator: "omnivaloper", consensus: "omnivalcons" },
        reach: "own",
        baseDenom: "omniphi",
        gasPriceFloor: "0.025",
      },
      kind: "localnet",
      subject: { kind: "thing", id: "another" },
      signerAddress: actor.address,
      pubkeyBase64: toBase64(actor.pubkey),
      signMode: "direct",
      messages: [],
      spendsBaseUnits: 0n,
    });
    await expect(asked).rejects.toMatchObject(busy);
  });

  it("another account, and the same one of another network, are free", async () => {
    const [{ mine }, another] = [await stage(), await stage()];
    const first = mine();
    await first.prepare();
    await first.sign();
    for (const free of [another.mine(), mine({ networkId: "net_of_another_test" })]) {
      await free.prepare();
      await free.sign();
      expect(await free.status()).toEqual(["accepted"]);
    }
  });
});

describe("of two that are signed at once", () => {
  it("one is taken", async () => {
    const { mine, theirs } = await stage();
    const both = [mine(), theirs()];
    for (const one of both) await one.prepare();
    const answers = await Promise.allSettled(both.map((one) => one.sign()));
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find((answer) => answer.status === "rejected")?.reason).toMatchObject(busy);
  });
});

describe("once the chain has answered", () => {
  it.each([
    ["included", IN_A_BLOCK],
    ["reverted", REVERTED],
  ])("what was prepared for the sequence of the %s one gives way, and later sequences stay", async (_, look) => {
    const { mine, theirs } = await stage();
    const [first, second, later] = [mine(), theirs(), theirs({ sequence: 1n })];
    for (const one of [first, second, later]) await one.prepare();
    const { transactionId } = await first.sign();
    await recordOutcomeOf(await runtime.ctx(), { transactionId }, look);
    expect(await second.status()).toEqual(["superseded"]);
    await expect(second.sign()).rejects.toMatchObject({ code: "chain.nothing_prepared" });
    await later.sign();
    expect(await later.status()).toEqual(["accepted"]);
  });

  it("that no block had it, what was prepared beside it can be signed", async () => {
    const { mine, theirs } = await stage();
    const [first, second] = [mine(), theirs()];
    await first.prepare();
    await second.prepare();
    const { transactionId } = await first.sign();
    await recordOutcomeOf(await runtime.ctx(), { transactionId }, NOT_SEEN);
    await second.sign();
    expect(await second.status()).toEqual(["accepted"]);
  });
});
