import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { PubKey as Ed25519PubKey } from "cosmjs-types/cosmos/crypto/ed25519/keys";
import { MsgCreateValidator } from "cosmjs-types/cosmos/staking/v1beta1/tx";
import { TxBody } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNode } from "@/server/ports/chain-node";

/**
 * Whether a transaction in a block did what it says, by what it was to change: for where no node tells what the block came to. A validator was
 * made if the chain shows its operator with the key of the message. Null for messages whose mark cannot be told from what was there before.
 */
export async function didWhatItSays(chain: ChainNode, bodyBytesBase64: string): Promise<boolean | null> {
  const [message, ...more] = TxBody.decode(fromBase64(bodyBytesBase64)).messages;
  if (message?.typeUrl !== "/cosmos.staking.v1beta1.MsgCreateValidator" || more.length > 0) return null;
  const { validatorAddress, pubkey } = MsgCreateValidator.decode(message.value);
  const key = toBase64(Ed25519PubKey.decode(pubkey?.value ?? new Uint8Array()).key);
  try {
    const shown = await chain.validatorByOperator(validatorAddress, { maxAgeMs: 0 });
    return shown.consensusPubkeyBase64 === key;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return false;
    throw thrown;
  }
}
