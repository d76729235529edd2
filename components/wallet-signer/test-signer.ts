import { toBase64 } from "@cosmjs/encoding";
import { adr36SignDoc } from "@/lib/chain/adr36";
import { readTestMnemonic, writeTestMnemonic } from "./test-wallet-store";
import { WalletError } from "./wallet-error";
import type { WalletNetwork, WalletSigner } from "./wallet-signer";

const MNEMONIC_WORDS = 24;

/** The libraries come with the first use: pages of people with a wallet of their own never load them. */
async function openWallets(network: WalletNetwork) {
  if (network.kind !== "localnet") throw new WalletError("wrong_network");
  const [{ DirectSecp256k1HdWallet }, { Secp256k1HdWallet }, { stringToPath }] = await Promise.all([
    import("@cosmjs/proto-signing"),
    import("@cosmjs/amino"),
    import("@cosmjs/crypto"),
  ]);
  const options = { prefix: network.bech32.account, hdPaths: [stringToPath(`m/44'/${network.coinType}'/0'/0/0`)] };
  const kept = await readTestMnemonic();
  const direct = kept
    ? await DirectSecp256k1HdWallet.fromMnemonic(kept, options)
    : await DirectSecp256k1HdWallet.generate(MNEMONIC_WORDS, options);
  if (!kept) await writeTestMnemonic(direct.mnemonic);
  return { direct, amino: await Secp256k1HdWallet.fromMnemonic(direct.mnemonic, options) };
}

/** A real key made and kept in this browser, for localnets only: the whole tour without an extension. */
export function createTestSigner(): WalletSigner {
  return {
    kind: "test",
    name: "Browser test wallet",
    connect: async (network) => {
      const { direct } = await openWallets(network);
      const [account] = await direct.getAccounts();
      if (!account) throw new WalletError("failed");
      return {
        address: account.address,
        pubkeyBase64: toBase64(account.pubkey),
        name: "Browser test wallet",
        isHardware: false,
      };
    },
    signText: async (network, address, text) => {
      const { amino } = await openWallets(network);
      const { signature } = await amino.signAmino(address, adr36SignDoc(address, text));
      return { signatureBase64: signature.signature, pubkeyBase64: String(signature.pub_key.value) };
    },
    signTransaction: async (network, address, request) => {
      const { direct } = await openWallets(network);
      if (request.mode !== "direct") throw new WalletError("unsupported");
      const { bodyBytes, authInfoBytes, chainId, accountNumber } = request;
      const answer = await direct.signDirect(address, { bodyBytes, authInfoBytes, chainId, accountNumber });
      return {
        bodyBytes: answer.signed.bodyBytes,
        authInfoBytes: answer.signed.authInfoBytes,
        signature: Uint8Array.from(atob(answer.signature.signature), (character) => character.charCodeAt(0)),
      };
    },
    onAccountChange: () => () => undefined,
  };
}
