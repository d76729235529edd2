import { type OfflineAminoSigner, Secp256k1Wallet, serializeSignDoc } from "@cosmjs/amino";
import { Random, Secp256k1, sha256 } from "@cosmjs/crypto";
import { toBase64 } from "@cosmjs/encoding";
import { adr36SignDoc } from "@/lib/chain/adr36";

/** What a browser wallet answers to `signArbitrary`, in the API's words. */
export type SignedStatement = { readonly pubkey: string; readonly signature: string };

/** A wallet with a real secp256k1 key that lives as long as the test. */
export type TestWallet = {
  readonly address: string;
  readonly signer: OfflineAminoSigner;
  signArbitrary(message: string, asAddress?: string): Promise<SignedStatement>;
  /** Signs any bytes, for proofs that are wrong on purpose. */
  signBytes(bytes: Uint8Array): Promise<SignedStatement>;
};

/** Makes one. The signature is over ADR-036 bytes made by @cosmjs, not by the code under test. */
export async function createTestWallet(prefix = "omni"): Promise<TestWallet> {
  const key = Random.getBytes(32);
  const signer = await Secp256k1Wallet.fromKey(key, prefix);
  const [account] = await signer.getAccounts();
  if (!account) throw new Error("a wallet without an account");
  const { pubkey } = Secp256k1.makeKeypair(key);
  const compressed = Secp256k1.compressPubkey(pubkey);
  const signBytes = async (bytes: Uint8Array): Promise<SignedStatement> => {
    const signature = Secp256k1.createSignature(sha256(bytes), key);
    return {
      pubkey: toBase64(compressed),
      signature: toBase64(new Uint8Array([...signature.r(32), ...signature.s(32)])),
    };
  };
  return {
    address: account.address,
    signer,
    signBytes,
    signArbitrary: async (message, asAddress = account.address) => {
      if (asAddress !== account.address) return signBytes(serializeSignDoc(adr36SignDoc(asAddress, message)));
      const { signature } = await signer.signAmino(account.address, adr36SignDoc(account.address, message));
      return { pubkey: signature.pub_key.value, signature: signature.signature };
    },
  };
}
