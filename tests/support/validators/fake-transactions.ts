import { toBase64 } from "@cosmjs/encoding";
import { PubKey as Ed25519PubKey } from "cosmjs-types/cosmos/crypto/ed25519/keys";
import { MsgCreateValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { AuthInfo, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { accountAddressOf } from "@/lib/chain/bech32-address";
import { transactionHashOf } from "@/lib/chain/build-transaction";
import { notFound, upstreamRejected } from "@/server/kernel/errors";
import type { ChainNode } from "@/server/ports/chain-node";
import type { FakeChainState } from "./fake-chain-state";

const GAS_USED = 150_000n;

/** What bytes with one MsgCreateValidator say, and by whom. */
function readTransaction(bytes: Uint8Array) {
  const raw = TxRaw.decode(bytes);
  const message = TxBody.decode(raw.bodyBytes).messages[0];
  const signerInfo = AuthInfo.decode(raw.authInfoBytes).signerInfos[0];
  if (message === undefined || signerInfo === undefined)
    throw new Error("the fake chain takes one message of one signer");
  const { validatorAddress, pubkey } = MsgCreateValidator.decode(message.value);
  return {
    signer: accountAddressOf(validatorAddress, { account: "omni", validator: "omnivaloper" }),
    operatorAddress: validatorAddress,
    consensusPubkeyBase64: toBase64(Ed25519PubKey.decode(pubkey?.value ?? new Uint8Array()).key),
    sequence: Number(signerInfo.sequence),
  };
}

/**
 * Money and signing in as much as one MsgCreateValidator by a fresh account needs: bytes wait for the next block, and once a block has them the
 * same bytes are refused for their used sequence, as on a real chain. Signatures are checked by ours and by the real chain only.
 */
export function fakeTransactions(chain: {
  read(): FakeChainState;
  write(patch: Partial<FakeChainState>): void;
  heightBlocks(): bigint;
}): Pick<ChainNode, "account" | "balances" | "spendableBalances" | "simulate" | "broadcast" | "transaction"> {
  const height = () => Number(chain.heightBlocks());
  const sequenceOf = (address: string) =>
    Object.values(chain.read().transactions).filter((one) => one.signer === address && one.heightBlocks <= height())
      .length;
  return {
    account: async (address) => ({
      address,
      exists: true,
      accountNumber: 1n,
      sequence: BigInt(sequenceOf(address)),
      pubkeyBase64: null,
      heightBlocks: chain.heightBlocks(),
    }),
    balances: async () => [{ denom: "omniphi", amountBaseUnits: BigInt(chain.read().balance) }],
    spendableBalances: async () => [{ denom: "omniphi", amountBaseUnits: BigInt(chain.read().spendable) }],
    simulate: async () => ({ gasUsed: GAS_USED }),
    broadcast: async (bytes) => {
      const { transactions, validators } = chain.read();
      const txHash = transactionHashOf(bytes);
      const { sequence, ...told } = readTransaction(bytes);
      const known = transactions[txHash];
      if (sequence !== sequenceOf(told.signer)) {
        throw upstreamRejected("chain.transaction_refused", "The sequence is used.", {
          details: {
            txHash,
            codespace: "sdk",
            chainCode: 32,
            refusal: "sequence_mismatch",
            reason: "account sequence mismatch",
          },
        });
      }
      const entry = known ?? { ...told, heightBlocks: height() + 1, broadcasts: 0 };
      chain.write({
        transactions: { ...transactions, [txHash]: { ...entry, broadcasts: entry.broadcasts + 1 } },
        validators: { ...validators, [told.operatorAddress]: told.consensusPubkeyBase64 },
      });
      return { txHash };
    },
    transaction: async (txHash) => {
      const found = chain.read().transactions[txHash];
      if (found === undefined || found.heightBlocks > height()) throw notFound("chain.transaction_not_found", "none");
      return {
        txHash,
        heightBlocks: BigInt(found.heightBlocks),
        blockAt: null,
        code: 0,
        codespace: "",
        rawLog: "",
        gasWanted: GAS_USED,
        gasUsed: GAS_USED,
        messageTypeUrls: ["/cosmos.staking.v1beta1.MsgCreateValidator"],
        memo: "",
        fee: [],
      };
    },
  };
}
