import { setTimeout as delay } from "node:timers/promises";
import { Bip39, EnglishMnemonic, Random, Secp256k1, Slip10, Slip10Curve, sha256, stringToPath } from "@cosmjs/crypto";
import { operatorAddressOf } from "@/lib/chain/bech32-address";
import {
  aminoTransaction,
  directTransaction,
  signedTxBytes,
  simulationTxBytes,
  type TransactionPlan,
} from "@/lib/chain/build-transaction";
import { feeFrom, gasLimitFrom, gasPriceFrom } from "@/lib/chain/gas";
import { accountAddressOfPubkey } from "@/lib/chain/key-address";
import type { BuiltMessage } from "@/lib/chain/messages/built-message";
import { sendMessage } from "@/lib/chain/messages/send";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNode, ChainTransaction } from "@/server/ports/chain-node";
import type { Localnet } from "./localnet";

const INCLUSION_TIMEOUT_MS = 60_000;
const POLL_MS = 150;

/** A person with a real key on a real chain. */
export type ChainActor = {
  readonly address: string;
  readonly operatorAddress: string;
  readonly pubkey: Uint8Array;
  sign(signBytes: Uint8Array): Uint8Array;
  /** Simulates, prices, signs, broadcasts and waits for the block. */
  submit(chain: ChainNode, messages: readonly BuiltMessage[], change?: Submit): Promise<ChainTransaction>;
  /** The same up to the signed bytes. */
  prepare(chain: ChainNode, messages: readonly BuiltMessage[], change?: Submit): Promise<Uint8Array>;
};
type Submit = { readonly mode?: "direct" | "amino"; readonly memo?: string } & Partial<
  Pick<TransactionPlan, "sequence" | "gasLimit" | "fee">
>;

/** Path of Omniphi's wallets: coin type 60. */
const HD_PATH = "m/44'/60'/0'/0/0";

/** The person behind a mnemonic; a new one when none is given. */
export async function chainActor(mnemonic?: string): Promise<ChainActor> {
  const privateKey = mnemonic === undefined ? Random.getBytes(32) : await derive(mnemonic);
  const pubkey = Secp256k1.compressPubkey(Secp256k1.makeKeypair(privateKey).pubkey);
  const address = accountAddressOfPubkey(pubkey, "omni");
  const sign = (signBytes: Uint8Array): Uint8Array => {
    const signature = Secp256k1.createSignature(sha256(signBytes), privateKey);
    return Uint8Array.from([...signature.r(32), ...signature.s(32)]);
  };
  const prepare: ChainActor["prepare"] = async (chain, messages, change = {}) => {
    const account = await chain.account(address, { maxAgeMs: 0 });
    const base = {
      chainId: chain.network.chainId,
      accountNumber: account.accountNumber,
      sequence: change.sequence ?? account.sequence,
      pubkey,
      messages,
      memo: change.memo ?? "",
    };
    const gasLimit = change.gasLimit ?? gasLimitFrom((await chain.simulate(simulationTxBytes(base))).gasUsed);
    const price = gasPriceFrom(await chain.gasFacts());
    const fee = change.fee ?? { denom: chain.network.baseDenom, amountBaseUnits: feeFrom(gasLimit, price) };
    const plan = { ...base, gasLimit, fee };
    const built = change.mode === "amino" ? aminoTransaction(plan) : directTransaction(plan);
    return signedTxBytes({ ...built, signature: sign(built.signBytes) });
  };
  return {
    address,
    operatorAddress: operatorAddressOf(address, { account: "omni", validator: "omnivaloper" }),
    pubkey,
    sign,
    prepare,
    submit: async (chain, messages, change) => {
      const { txHash } = await chain.broadcast(await prepare(chain, messages, change));
      return inclusionOf(chain, txHash);
    },
  };
}

/** A new person who holds the amount, from the faucet. */
export async function fundedActor(localnet: Localnet, chain: ChainNode, amountBaseUnits: bigint): Promise<ChainActor> {
  const actor = await chainActor();
  await fund(localnet, chain, actor.address, amountBaseUnits);
  return actor;
}

/** Sends from the faucet's account and waits until it is in a block. */
export async function fund(
  localnet: Localnet,
  chain: ChainNode,
  toAddress: string,
  amountBaseUnits: bigint,
): Promise<void> {
  await localnet.withFaucetLock(async () => {
    const faucet = await chainActor(localnet.faucetMnemonic);
    const amount = { denom: "omniphi", amountBaseUnits };
    const done = await faucet.submit(chain, [sendMessage({ fromAddress: faucet.address, toAddress, amount })]);
    if (done.code !== 0) throw new Error(`the faucet's transaction failed: ${done.rawLog}`);
  });
}

/** Waits for the block that has the transaction. */
export async function inclusionOf(chain: ChainNode, txHash: string): Promise<ChainTransaction> {
  const giveUpAt = Date.now() + INCLUSION_TIMEOUT_MS;
  for (;;) {
    try {
      return await chain.transaction(txHash, { maxAgeMs: 0 });
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.kind !== "not_found" || Date.now() > giveUpAt) throw thrown;
      await delay(POLL_MS);
    }
  }
}

async function derive(mnemonic: string): Promise<Uint8Array> {
  const seed = await Bip39.mnemonicToSeed(new EnglishMnemonic(mnemonic));
  return Slip10.derivePath(Slip10Curve.Secp256k1, seed, stringToPath(HD_PATH)).privkey;
}
