import type { DirectTransaction } from "@/lib/chain/build-transaction";
import type { Json } from "@/lib/chain/decode/canonical-json";

/** What a wallet must know of a chain to suggest and sign for it; comes from the network's row. */
export type WalletNetwork = {
  readonly chainId: string;
  readonly kind: "mainnet" | "testnet" | "localnet";
  readonly displayName: string;
  readonly rpcUrl: string;
  readonly restUrl: string;
  readonly bech32: {
    readonly account: string;
    readonly accountPub: string;
    readonly validator: string;
    readonly validatorPub: string;
    readonly consensus: string;
    readonly consensusPub: string;
  };
  readonly coinType: number;
  readonly baseDenom: string;
  readonly displayDenom: string;
  readonly denomExponent: number;
  readonly gasPriceSteps: { readonly low: string; readonly average: string; readonly high: string };
};

/** Account that the wallet shows for a chain. */
export type WalletAccount = {
  readonly address: string;
  /** Compressed secp256k1 key. */
  readonly pubkeyBase64: string;
  readonly name: string;
  /** A Ledger signs amino only. */
  readonly isHardware: boolean;
};

/** Exact bytes to sign; for amino also the document that the device shows. */
export type SigningRequest =
  | ({ readonly mode: "direct" } & Pick<DirectTransaction, "bodyBytes" | "authInfoBytes" | "chainId" | "accountNumber">)
  | {
      readonly mode: "amino";
      readonly bodyBytes: Uint8Array;
      readonly authInfoBytes: Uint8Array;
      readonly signDoc: Json;
    };

/** What came back; body and auth info are the wallet's own, so that a change it made can be seen. */
export type SigningAnswer = {
  readonly bodyBytes: Uint8Array;
  readonly authInfoBytes: Uint8Array;
  readonly signature: Uint8Array;
};

export const WALLET_KINDS = ["keplr", "leap", "cosmostation", "test"] as const;
export type WalletKind = (typeof WALLET_KINDS)[number];

/** One way to sign; the key never leaves the wallet behind it. */
export type WalletSigner = {
  readonly kind: WalletKind;
  readonly name: string;
  /** Adds the chain where the wallet lacks it, asks for permission and answers with the account. @throws WalletError */
  connect(network: WalletNetwork): Promise<WalletAccount>;
  /** ADR-036 signature over the text, 64 bytes in base64. @throws WalletError */
  signText(
    network: WalletNetwork,
    address: string,
    text: string,
  ): Promise<{ readonly signatureBase64: string; readonly pubkeyBase64: string }>;
  /** @throws WalletError */
  signTransaction(network: WalletNetwork, address: string, request: SigningRequest): Promise<SigningAnswer>;
  /** Told when the person chose another account or locked the wallet; returns how to stop listening. */
  onAccountChange(listener: () => void): () => void;
};
