import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { z } from "zod";
import { changedFields } from "./changed-document";
import { suggestedChain } from "./suggested-chain";
import { toWalletError, WalletError, walletChanged } from "./wallet-error";
import type { WalletAccount, WalletKind, WalletNetwork, WalletSigner } from "./wallet-signer";

/** The part of Keplr's injected interface that Leap and Cosmostation offer too. */
type InjectedWallet = {
  experimentalSuggestChain(chain: ReturnType<typeof suggestedChain>): Promise<void>;
  enable(chainId: string): Promise<void>;
  getKey(chainId: string): Promise<unknown>;
  signArbitrary(chainId: string, signer: string, data: string): Promise<unknown>;
  signDirect(chainId: string, signer: string, doc: unknown, options: unknown): Promise<unknown>;
  signAmino(chainId: string, signer: string, doc: unknown, options: unknown): Promise<unknown>;
};

const Bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array || (typeof value === "object" && value !== null),
);
const Key = z.object({
  name: z.string(),
  bech32Address: z.string(),
  pubKey: Bytes,
  isNanoLedger: z.boolean().optional(),
});
const Signature = z.object({ signature: z.string(), pub_key: z.object({ value: z.string() }) });
const DirectAnswer = z.object({ signed: z.object({ bodyBytes: Bytes, authInfoBytes: Bytes }), signature: Signature });
/** Structured clones keep members that are undefined; JSON has none. */
const plainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
const AminoAnswer = z.object({ signed: z.unknown().transform(plainJson).pipe(z.json()), signature: Signature });

/** A wallet may hand bytes over as a typed array of another realm or as a plain record of them. */
const asBytes = (value: Uint8Array): Uint8Array =>
  value instanceof Uint8Array ? value : Uint8Array.from(Object.values(value as Record<string, number>));

/** What changed its own fee or memo comes back as other bytes and is refused by the server; asking it not to is a courtesy. */
const SIGN_OPTIONS = { preferNoSetFee: true, preferNoSetMemo: true, disableBalanceCheck: false };

const PLACES: Record<
  Exclude<WalletKind, "test">,
  { readonly name: string; readonly find: (window: Window) => unknown; readonly event: string }
> = {
  keplr: { name: "Keplr", find: (window) => property(window, "keplr"), event: "keplr_keystorechange" },
  leap: { name: "Leap", find: (window) => property(window, "leap"), event: "leap_keystorechange" },
  cosmostation: {
    name: "Cosmostation",
    find: (window) => property(property(property(window, "cosmostation"), "providers"), "keplr"),
    event: "cosmostation_keystorechange",
  },
};

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Whether the wallet has put itself into this page. */
export function isInstalled(kind: Exclude<WalletKind, "test">): boolean {
  return typeof window !== "undefined" && PLACES[kind].find(window) !== undefined;
}

/** Keplr, Leap or Cosmostation behind the one signer interface. */
export function createInjectedSigner(kind: Exclude<WalletKind, "test">): WalletSigner {
  const place = PLACES[kind];
  const wallet = (): InjectedWallet => {
    const found = place.find(window);
    if (found === undefined) throw new WalletError("not_installed");
    return found as InjectedWallet;
  };
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (thrown) {
      throw toWalletError(thrown);
    }
  };

  const account = async (network: WalletNetwork): Promise<WalletAccount> => {
    const key = Key.safeParse(await wallet().getKey(network.chainId));
    if (!key.success) throw new WalletError("failed", key.error);
    if (!key.data.bech32Address.startsWith(`${network.bech32.account}1`)) throw new WalletError("wrong_network");
    return {
      address: key.data.bech32Address,
      pubkeyBase64: toBase64(asBytes(key.data.pubKey)),
      name: key.data.name,
      isHardware: key.data.isNanoLedger ?? false,
    };
  };
  const sameAccount = async (network: WalletNetwork, address: string): Promise<void> => {
    if ((await account(network)).address !== address) throw new WalletError("other_account");
  };

  return {
    kind,
    name: place.name,
    connect: (network) =>
      asked(async () => {
        await wallet().experimentalSuggestChain(suggestedChain(network));
        await wallet().enable(network.chainId);
        return account(network);
      }),
    signText: (network, address, text) =>
      asked(async () => {
        await sameAccount(network, address);
        const answer = Signature.safeParse(await wallet().signArbitrary(network.chainId, address, text));
        if (!answer.success) throw new WalletError("failed", answer.error);
        return { signatureBase64: answer.data.signature, pubkeyBase64: answer.data.pub_key.value };
      }),
    signTransaction: (network, address, request) =>
      asked(async () => {
        await sameAccount(network, address);
        if (request.mode === "direct") {
          const { bodyBytes, authInfoBytes, chainId, accountNumber } = request;
          const doc = { bodyBytes, authInfoBytes, chainId, accountNumber };
          const answer = DirectAnswer.safeParse(await wallet().signDirect(network.chainId, address, doc, SIGN_OPTIONS));
          if (!answer.success) throw new WalletError("failed", answer.error);
          return {
            bodyBytes: asBytes(answer.data.signed.bodyBytes),
            authInfoBytes: asBytes(answer.data.signed.authInfoBytes),
            signature: fromBase64(answer.data.signature.signature),
          };
        }
        const answer = AminoAnswer.safeParse(
          await wallet().signAmino(network.chainId, address, request.signDoc, SIGN_OPTIONS),
        );
        if (!answer.success) throw new WalletError("failed", answer.error);
        const changed = changedFields(request.signDoc, answer.data.signed);
        if (changed.length > 0) throw walletChanged(changed);
        return {
          bodyBytes: request.bodyBytes,
          authInfoBytes: request.authInfoBytes,
          signature: fromBase64(answer.data.signature.signature),
        };
      }),
    onAccountChange: (listener) => {
      window.addEventListener(place.event, listener);
      return () => window.removeEventListener(place.event, listener);
    },
  };
}
