import { createHash } from "node:crypto";

type Fate = "signed" | "missed" | "absent";

/** The consensus address (upper-case hex) of an Ed25519 public key in base64: the first 20 bytes of its SHA-256. */
export const consensusAddressHex = (pubkeyBase64: string): string =>
  createHash("sha256").update(Buffer.from(pubkeyBase64, "base64")).digest("hex").slice(0, 40).toUpperCase();

const FLAG_ABSENT = 1;

/**
 * What the chain's own commits say of one validator, block by block, read past the product over CometBFT's RPC. Counted as the slashing module
 * counts (cosmos-sdk x/slashing/keeper/infractions.go): only an absent vote is a miss, a vote for nil is a signature.
 */
export async function commitsOf(
  rpcPort: number,
  addressHex: string,
  heights: readonly number[],
): Promise<ReadonlyMap<number, Fate>> {
  const read = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${rpcPort}/${path}`);
    if (!answer.ok) throw new Error(`the chain answered ${path} with ${answer.status}`);
    return (await answer.json()).result;
  };
  const found = new Map<number, Fate>();
  for (const height of heights) {
    const { validators } = await read(`validators?height=${height}&per_page=100`);
    // The signatures of a height are final in the block behind it, in the order of the height's own set.
    const { block } = await read(`block?height=${height + 1}`);
    const position = validators.findIndex((validator: { address: string }) => validator.address === addressHex);
    const flag: number | undefined = block.last_commit.signatures[position]?.block_id_flag;
    found.set(height, position < 0 ? "absent" : flag === undefined || flag === FLAG_ABSENT ? "missed" : "signed");
  }
  return found;
}
