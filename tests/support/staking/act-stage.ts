import { serializeSignDoc } from "@cosmjs/amino";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { adr36SignDoc } from "@/lib/chain/adr36";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { recordOutcomeOf, sendAccepted, watchTransaction } from "@/server/domains/chain/transactions/send-accepted";
import { getAct, getPosition, prepareAct, settleAct, submitAct } from "@/server/domains/staking";
import type { Act, ActWish, PreparedAct } from "@/server/domains/staking/schemas";
import type { ChainActor } from "../chain-actor";
import { eventually } from "../eventually";
import type { SignedInPerson } from "../factories/identity";
import type { TestRuntime } from "../test-runtime";
import type { TestWallet } from "../test-wallet";

/** Somebody who acts with the wallet that they signed in with. */
export type Holder = {
  readonly person: SignedInPerson;
  readonly address: string;
  prepare(act: ActWish, signMode?: "direct" | "amino"): Promise<PreparedAct>;
  /** The signed bytes of what was prepared, in base64. */
  sign(prepared: PreparedAct): Promise<string>;
  submit(prepared: PreparedAct, txBytes: string): Promise<Act>;
  /** Prepares, signs, hands over, and does what the durable functions do, to the chain's last word. */
  perform(act: ActWish, signMode?: "direct" | "amino"): Promise<Act>;
  position(): ReturnType<typeof getPosition>;
};

/** The actor's key as a wallet that people sign in with. */
export function walletOf(actor: ChainActor): TestWallet {
  const signBytes: TestWallet["signBytes"] = async (bytes) => ({
    pubkey: toBase64(actor.pubkey),
    signature: toBase64(actor.sign(bytes)),
  });
  return {
    address: actor.address,
    signBytes,
    signArbitrary: (message, asAddress = actor.address) =>
      signBytes(serializeSignDoc(adr36SignDoc(asAddress, message))),
    // Cast: a statement is signed above, and no document is.
    signer: undefined as never,
  };
}

/** Brings an accepted transaction to its block, and takes in what came of it. */
export async function deliverAct(runtime: TestRuntime, { transactionId, actId }: PreparedAct): Promise<void> {
  const ctx = await runtime.ctx();
  const ref = { transactionId };
  if ((await sendAccepted(ctx, ref)).outcome !== "refused") {
    const found = await eventually("a block has the transaction", async () => {
      const look = await watchTransaction(ctx, ref);
      return look.isFound && look;
    });
    await recordOutcomeOf(ctx, ref, found);
  }
  await settleAct(ctx, { actId });
}

/** The person as a holder on that network. */
export function holderOf(runtime: TestRuntime, networkId: string, person: SignedInPerson): Holder {
  const { address } = person.wallet;
  const prepare: Holder["prepare"] = async (act, signMode = "direct") => {
    const { pubkey } = await person.wallet.signBytes(new Uint8Array());
    return prepareAct(await person.ctx(), { networkId, signerAddress: address, pubkey, signMode, act });
  };
  const sign: Holder["sign"] = async (prepared) => {
    const { signature } = await person.wallet.signBytes(fromBase64(prepared.signBytes));
    const [bodyBytes, authInfoBytes] = [fromBase64(prepared.bodyBytes), fromBase64(prepared.authInfoBytes)];
    return toBase64(signedTxBytes({ bodyBytes, authInfoBytes, signature: fromBase64(signature) }));
  };
  const submit: Holder["submit"] = async ({ actId }, txBytes) => submitAct(await person.ctx(), { actId, txBytes });
  return {
    person,
    address,
    prepare,
    sign,
    submit,
    perform: async (act, signMode) => {
      const prepared = await prepare(act, signMode);
      await submit(prepared, await sign(prepared));
      await deliverAct(runtime, prepared);
      return getAct(await person.ctx(), { actId: prepared.actId });
    },
    position: async () => getPosition(await person.ctx(), { networkId, address }),
  };
}
