import { Secp256k1Wallet, type StdSignDoc, serializeSignDoc } from "@cosmjs/amino";
import { Random, Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { fromBase64, toBase64 } from "@cosmjs/encoding";
import { DirectSecp256k1Wallet, makeSignBytes } from "@cosmjs/proto-signing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { adr36SignDoc, refuseAdr36 } from "@/lib/chain/adr36";
import { createInjectedSigner, isInstalled } from "./injected-signer";
import { suggestedChain } from "./suggested-chain";
import type { SigningRequest, WalletNetwork } from "./wallet-signer";

const network: WalletNetwork = {
  chainId: "omniphi-localnet-1",
  kind: "localnet",
  displayName: "Omniphi Localnet",
  rpcUrl: "http://127.0.0.1:26657",
  restUrl: "http://127.0.0.1:1317",
  bech32: {
    account: "omni",
    accountPub: "omnipub",
    validator: "omnivaloper",
    validatorPub: "omnivaloperpub",
    consensus: "omnivalcons",
    consensusPub: "omnivalconspub",
  },
  coinType: 60,
  baseDenom: "omniphi",
  displayDenom: "OMNI",
  denomExponent: 6,
  gasPriceSteps: { low: "0.025", average: "0.03", high: "0.05" },
};

const KINDS = ["keplr", "leap", "cosmostation"] as const;
type Kind = (typeof KINDS)[number];
const EVENTS: Record<Kind, string> = {
  keplr: "keplr_keystorechange",
  leap: "leap_keystorechange",
  cosmostation: "cosmostation_keystorechange",
};

type DirectDoc = { bodyBytes: Uint8Array; authInfoBytes: Uint8Array; chainId: string; accountNumber: bigint };

/** A document as a Ledger shows it: one coin sent to oneself. */
const aminoDocOf = (address: string) =>
  ({
    chain_id: network.chainId,
    account_number: "7",
    sequence: "0",
    fee: { amount: [{ denom: "omniphi", amount: "1" }], gas: "1" },
    msgs: [
      {
        type: "cosmos-sdk/MsgSend",
        value: { amount: [{ denom: "omniphi", amount: "1" }], from_address: address, to_address: address },
      },
    ],
    memo: "",
  }) satisfies StdSignDoc;

/** A wallet of the Keplr family with a real key, as its interface is documented; what it is asked stays on record. */
async function keplrLike(
  options: {
    prefix?: string;
    isNanoLedger?: boolean;
    refusal?: unknown;
    /** What the person, or the wallet, makes of an amino document before it is signed. */
    alter?: (doc: StdSignDoc) => StdSignDoc;
  } = {},
) {
  const { prefix = "omni", isNanoLedger = false, refusal, alter = (doc) => doc } = options;
  const key = Random.getBytes(32);
  const amino = await Secp256k1Wallet.fromKey(key, prefix);
  const direct = await DirectSecp256k1Wallet.fromKey(key, prefix);
  const [account] = await amino.getAccounts();
  if (!account) throw new Error("a wallet without an account");
  const asked: string[] = [];
  const suggested: unknown[] = [];
  const note = (what: string) => {
    asked.push(what);
    if (refusal !== undefined && what !== "experimentalSuggestChain") throw refusal;
  };
  let address = account.address;
  return {
    account,
    asked,
    suggested,
    /** The person chooses another account in the wallet's own window. */
    showOther: () => {
      address = `${prefix}1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq`;
    },
    provider: {
      experimentalSuggestChain: async (chain: unknown) => {
        note("experimentalSuggestChain");
        suggested.push(chain);
      },
      enable: async (chainId: string) => note(`enable ${chainId}`),
      getKey: async () => {
        note("getKey");
        // Extensions hand bytes over as a plain record when they come from another realm.
        return { name: "mine", bech32Address: address, pubKey: { ...account.pubkey }, isNanoLedger };
      },
      signArbitrary: async (_chainId: string, signer: string, data: string) => {
        note("signArbitrary");
        return (await amino.signAmino(signer, adr36SignDoc(signer, data))).signature;
      },
      signDirect: async (_chainId: string, signer: string, doc: DirectDoc) => {
        note("signDirect");
        const { signed, signature } = await direct.signDirect(signer, doc);
        return {
          signed: { ...signed, bodyBytes: { ...signed.bodyBytes }, authInfoBytes: { ...signed.authInfoBytes } },
          signature,
        };
      },
      signAmino: async (_chainId: string, signer: string, doc: StdSignDoc) => {
        note("signAmino");
        return amino.signAmino(signer, alter(doc));
      },
    },
  };
}
type Wallet = Awaited<ReturnType<typeof keplrLike>>;

/** Puts the wallet where each of the three puts itself. */
function install(kind: Kind, { provider }: Wallet): EventTarget {
  const place = kind === "cosmostation" ? { cosmostation: { providers: { keplr: provider } } } : { [kind]: provider };
  const window = Object.assign(new EventTarget(), place);
  vi.stubGlobal("window", window);
  return window;
}

const isSignedBy = (signature: Uint8Array, bytes: Uint8Array, pubkey: Uint8Array) =>
  Secp256k1.verifySignature(Secp256k1Signature.fromFixedLength(signature), sha256(bytes), pubkey);

const directRequest: Extract<SigningRequest, { mode: "direct" }> = {
  mode: "direct",
  bodyBytes: Uint8Array.of(10, 2, 1, 2),
  authInfoBytes: Uint8Array.of(18, 1, 7),
  chainId: network.chainId,
  accountNumber: 7n,
};

afterEach(() => vi.unstubAllGlobals());

describe.each(KINDS)("%s", (kind) => {
  it("is found where it puts itself, is told of the chain, and answers with its account", async () => {
    vi.stubGlobal("window", new EventTarget());
    expect(isInstalled(kind)).toBe(false);
    await expect(createInjectedSigner(kind).connect(network)).rejects.toMatchObject({ code: "wallet.not_installed" });

    const wallet = await keplrLike({ isNanoLedger: true });
    install(kind, wallet);
    expect(isInstalled(kind)).toBe(true);
    expect(await createInjectedSigner(kind).connect(network)).toEqual({
      address: wallet.account.address,
      pubkeyBase64: toBase64(wallet.account.pubkey),
      name: "mine",
      isHardware: true,
    });
    expect(wallet.suggested).toEqual([suggestedChain(network)]);
    expect(wallet.asked).toEqual(["experimentalSuggestChain", `enable ${network.chainId}`, "getKey"]);
  });

  it("tells that another account was chosen, until nobody listens any more", async () => {
    const window = install(kind, await keplrLike());
    const heard = vi.fn();
    const stop = createInjectedSigner(kind).onAccountChange(heard);
    window.dispatchEvent(new Event(EVENTS[kind]));
    stop();
    window.dispatchEvent(new Event(EVENTS[kind]));
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe("a signature", () => {
  it("of a text is an ADR-036 proof that the server takes", async () => {
    const wallet = await keplrLike();
    install("keplr", wallet);
    const { address } = wallet.account;
    const answer = await createInjectedSigner("keplr").signText(network, address, "Sign in to Omniphi");
    const proof = { address, accountPrefix: "omni", message: "Sign in to Omniphi" };
    expect(refuseAdr36({ ...proof, ...answer })).toBeNull();
    expect(refuseAdr36({ ...proof, message: "Sign in elsewhere", ...answer })).not.toBeNull();
  });

  it("of a transaction is over the very bytes that were given, whatever form they come back in", async () => {
    const wallet = await keplrLike();
    install("keplr", wallet);
    const signer = createInjectedSigner("keplr");
    const answer = await signer.signTransaction(network, wallet.account.address, directRequest);
    expect([answer.bodyBytes, answer.authInfoBytes]).toEqual([directRequest.bodyBytes, directRequest.authInfoBytes]);
    const { bodyBytes, authInfoBytes, chainId, accountNumber } = directRequest;
    const bytes = makeSignBytes({ bodyBytes, authInfoBytes, chainId, accountNumber });
    expect(isSignedBy(answer.signature, bytes, wallet.account.pubkey)).toBe(true);
  });

  it("of a hardware wallet is over the document that its display shows", async () => {
    const wallet = await keplrLike({ isNanoLedger: true });
    install("keplr", wallet);
    const signDoc = aminoDocOf(wallet.account.address);
    const { bodyBytes, authInfoBytes } = directRequest;
    const request: SigningRequest = { mode: "amino", bodyBytes, authInfoBytes, signDoc };
    const answer = await createInjectedSigner("keplr").signTransaction(network, wallet.account.address, request);
    expect(wallet.asked).not.toContain("signDirect");
    expect(isSignedBy(answer.signature, serializeSignDoc(signDoc), wallet.account.pubkey)).toBe(true);
  });

  it.each([
    ["fee", (doc: StdSignDoc) => ({ ...doc, fee: { amount: [{ denom: "omniphi", amount: "9" }], gas: "1" } }), "Fee: "],
    ["memo", (doc: StdSignDoc) => ({ ...doc, memo: "not mine" }), "Memo"],
    ["chain", (doc: StdSignDoc) => ({ ...doc, chain_id: "another-1" }), "Chain"],
  ])(
    "over a document whose %s the wallet changed is refused, and what it changed is named",
    async (_, alter, named) => {
      const wallet = await keplrLike({ alter });
      install("keplr", wallet);
      const { bodyBytes, authInfoBytes } = directRequest;
      const { address } = wallet.account;
      const request: SigningRequest = { mode: "amino", bodyBytes, authInfoBytes, signDoc: aminoDocOf(address) };
      await expect(createInjectedSigner("keplr").signTransaction(network, address, request)).rejects.toMatchObject({
        code: "wallet.changed",
        message: expect.stringContaining(`Changed: ${named}`),
      });
    },
  );

  it("is not asked for when the wallet shows another account meanwhile", async () => {
    const wallet = await keplrLike();
    install("keplr", wallet);
    const signer = createInjectedSigner("keplr");
    const { address } = await signer.connect(network);
    wallet.showOther();
    const code = "wallet.other_account";
    await expect(signer.signText(network, address, "text")).rejects.toMatchObject({ code });
    await expect(signer.signTransaction(network, address, directRequest)).rejects.toMatchObject({ code });
    expect(wallet.asked.filter((what) => what.startsWith("sign"))).toEqual([]);
  });
});

describe("a wallet that does not", () => {
  it.each([
    ["is locked", Object.assign(new Error("x"), { code: 4100 }), "wallet.locked"],
    ["declines", new Error("Request rejected"), "wallet.rejected"],
    ["does not know the chain", new Error("There is no chain info for omniphi-localnet-1"), "wallet.wrong_network"],
    ["fails in its own words", new Error("boom"), "wallet.failed"],
  ])("%s: it is said in our words, with the cause kept", async (_, refusal, code) => {
    const wallet = await keplrLike({ refusal });
    install("keplr", wallet);
    await expect(createInjectedSigner("keplr").connect(network)).rejects.toMatchObject({ code, cause: refusal });
  });

  it("has an account of this network, or answers nonsense, is not believed", async () => {
    install("keplr", await keplrLike({ prefix: "cosmos" }));
    await expect(createInjectedSigner("keplr").connect(network)).rejects.toMatchObject({
      code: "wallet.wrong_network",
    });
    const wallet = await keplrLike();
    install("keplr", { ...wallet, provider: { ...wallet.provider, getKey: async () => ({}) as never } });
    await expect(createInjectedSigner("keplr").connect(network)).rejects.toMatchObject({ code: "wallet.failed" });
  });
});

it("the key that a wallet tells is the one that its proofs are made with", async () => {
  const wallet = await keplrLike();
  install("leap", wallet);
  const signer = createInjectedSigner("leap");
  const { address, pubkeyBase64 } = await signer.connect(network);
  expect((await signer.signText(network, address, "text")).pubkeyBase64).toBe(pubkeyBase64);
  expect(fromBase64(pubkeyBase64)).toHaveLength(33);
});
