import { Random, Secp256k1, sha256 } from "@cosmjs/crypto";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { signedTxBytes } from "@/lib/chain/build-transaction";
import { accountAddressOfPubkey } from "@/lib/chain/key-address";
import { type CommandCtx, type ServiceCtx, withoutKey } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { type CompounderRow, findCompounder, insertCompounder } from "./repository";

const KEY_BYTES = 32;
/** What the key is sealed for: a copy in another network's row does not open. */
const boundTo = (networkId: string): string => `staking.compounder:${networkId}`;

const keepCompounder = defineChange(
  "staking.keep-compounder",
  async (ctx: CommandCtx<string | null>, row: Omit<CompounderRow, "createdAt">) => {
    const [made] = await insertCompounder(ctx.tx, { ...row, createdAt: ctx.now });
    ctx.audit({
      action: made === undefined ? "staking.compounder.made_before" : "staking.compounder.made",
      targetType: "network",
      targetId: row.networkId,
      details: { address: row.address },
    });
  },
);

/** The account of this installation that grants of the network are given to; made with a key of its own when it is first asked for. */
export async function compounderOf(ctx: ServiceCtx<Ports>, network: ChainNetwork): Promise<CompounderRow> {
  const { networkId } = network;
  const known = await findCompounder(ctx.db, networkId);
  if (known !== undefined) return known;
  const privateKey = Random.getBytes(KEY_BYTES);
  const pubkey = Secp256k1.compressPubkey(Secp256k1.makeKeypair(privateKey).pubkey);
  // No part of a keyed request: the same request again finds the account and would not come by here.
  await keepCompounder(withoutKey(ctx), {
    networkId,
    address: accountAddressOfPubkey(pubkey, network.bech32.account),
    pubkeyBase64: toBase64(pubkey),
    sealedKey: ctx.ports.sealer.seal(toBase64(privateKey), boundTo(networkId)),
  });
  const made = await findCompounder(ctx.db, networkId);
  if (made === undefined) throw new Error("the compounder's row vanished");
  return made;
}

/** Signs a document of the compounder's; the key is opened for that and forgotten. */
export function signAsCompounder(
  { sealer }: Pick<Ports, "sealer">,
  { networkId, sealedKey }: CompounderRow,
  document: {
    readonly bodyBytesBase64: string;
    readonly authInfoBytesBase64: string;
    readonly signBytesBase64: string;
  },
): string {
  const privateKey = fromBase64(sealer.open(sealedKey, boundTo(networkId)));
  const signature = Secp256k1.createSignature(sha256(fromBase64(document.signBytesBase64)), privateKey);
  return toBase64(
    signedTxBytes({
      bodyBytes: fromBase64(document.bodyBytesBase64),
      authInfoBytes: fromBase64(document.authInfoBytesBase64),
      signature: Uint8Array.from([...signature.r(KEY_BYTES), ...signature.s(KEY_BYTES)]),
    }),
  );
}
