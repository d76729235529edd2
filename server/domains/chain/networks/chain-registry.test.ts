import { describe, expect, it } from "vitest";
import { isAppError } from "@/server/kernel/errors";
import { draftFromRegistry } from "./chain-registry";

const CHECKSUM = "3a".repeat(32);
const CHAIN = {
  $schema: "../chain.schema.json",
  chain_name: "far",
  chain_type: "cosmos",
  pretty_name: "Far",
  chain_id: "far-1",
  status: "live",
  network_type: "mainnet",
  bech32_prefix: "far",
  slip44: 330,
  key_algos: ["secp256k1"],
  fees: {
    fee_tokens: [{ denom: "ufar", fixed_min_gas_price: 0.0025, average_gas_price: 0.025, high_gas_price: 1e-7 }],
  },
  staking: { staking_tokens: [{ denom: "ufar" }], lock_duration: { time: "1209600s" } },
  codebase: {
    recommended_version: "v15.2.0",
    binaries: {
      "linux/amd64": `https://files.example.org/fard-linux-amd64?checksum=sha256:${CHECKSUM}`,
      "linux/arm64": "https://files.example.org/fard-linux-arm64",
      "darwin/arm64": "https://files.example.org/fard.tar.gz",
      "windows/amd64": "https://files.example.org/fard.exe",
    },
    genesis: { genesis_url: "https://files.example.org/genesis.json" },
  },
  peers: {
    seeds: [{ id: "AB".repeat(20), address: "seed.example.org:26656", provider: "x" }],
    persistent_peers: [{ id: "cd".repeat(20), address: "peer.example.org:26656" }],
  },
  apis: {
    rpc: [{ address: "https://rpc.example.org/" }, { address: "https://rpc.example.org" }],
    rest: [{ address: "https://rest.example.org" }],
    wss: [{ address: "wss://rpc.example.org" }],
  },
  explorers: [{ kind: "x", url: "https://explorer.example.org", tx_page: "…" }],
  a_field_of_next_year: { any: "thing" },
};
const ASSETS = {
  chain_name: "far",
  assets: [
    {
      base: "ufar",
      display: "far",
      symbol: "FAR",
      denom_units: [
        { denom: "ufar", exponent: 0 },
        { denom: "far", exponent: 6, aliases: ["FAR"] },
      ],
    },
  ],
};
const draftOf = (change: object = {}, assets: object | null = ASSETS) =>
  draftFromRegistry(JSON.stringify({ ...CHAIN, ...change }), assets === null ? null : JSON.stringify(assets));

describe("a chain of the registry", () => {
  it("becomes a network's record", () => {
    const { draft, notes } = draftOf();
    expect(draft).toMatchObject({
      chainId: "far-1",
      kind: "mainnet",
      displayName: "Far",
      status: "active",
      isDefault: false,
      bech32: { account: "far", validator: "farvaloper", consensus: "farvalcons", consensusPub: "farvalconspub" },
      coinType: 330,
      baseDenom: "ufar",
      displayDenom: "FAR",
      denomExponent: 6,
      gasPriceSteps: { low: "0.0025", average: "0.025", high: "0.0000001" },
      rpcUrls: ["https://rpc.example.org"],
      restUrls: ["https://rest.example.org"],
      seeds: [`${"ab".repeat(20)}@seed.example.org:26656`],
      persistentPeers: [`${"cd".repeat(20)}@peer.example.org:26656`],
      genesisUrl: "https://files.example.org/genesis.json",
      currentBinaryVersion: "v15.2.0",
      explorerUrl: "https://explorer.example.org",
    });
    expect(draft.releases).toEqual([
      {
        version: "v15.2.0",
        os: "linux",
        arch: "amd64",
        url: "https://files.example.org/fard-linux-amd64",
        path: null,
        sha256: CHECKSUM,
      },
      {
        version: "v15.2.0",
        os: "linux",
        arch: "arm64",
        url: "https://files.example.org/fard-linux-arm64",
        path: null,
        sha256: null,
      },
    ]);
    expect(notes).toEqual([expect.stringContaining("darwin/arm64 is packed in an archive")]);
  });

  it("may override its prefixes", () => {
    const { draft } = draftOf({ bech32_config: { bech32PrefixValAddr: "farval" } });
    expect(draft.bech32).toMatchObject({ account: "far", validator: "farval", validatorPub: "farvaloperpub" });
  });

  it.each([
    ["no assetlist", {}, null, /base units/],
    ["no gas price", { fees: { fee_tokens: [] } }, ASSETS, /no gas price/],
    ["keys of another kind", { key_algos: ["ethsecp256k1"] }, ASSETS, /ethsecp256k1/],
    ["no program", { codebase: {} }, ASSETS, /no program/],
    ["no genesis", { codebase: {} }, ASSETS, /no genesis/],
    ["no endpoints", { apis: {} }, ASSETS, /no RPC or no REST/],
    ["no peers", { peers: {} }, ASSETS, /no peers/],
    ["its end", { status: "killed" }, ASSETS, /has ended/],
  ])("says what it leaves open: %s", (_what, change, assets, note) => {
    expect(draftOf(change, assets).notes.join(" ")).toMatch(note);
  });

  it.each([
    ["no JSON", "{", /not JSON/],
    ["no chain id", JSON.stringify({ ...CHAIN, chain_id: undefined }), /chain_id/],
    ["no token", JSON.stringify({ ...CHAIN, fees: { fee_tokens: [] }, staking: undefined }), /neither a staking token/],
  ])("is refused with %s", (_what, text, message) => {
    let thrown: unknown;
    try {
      draftFromRegistry(text, null);
    } catch (error) {
      thrown = error;
    }
    expect(isAppError(thrown) && thrown.code).toBe("chain.registry_unreadable");
    expect(String(thrown)).toMatch(message);
  });
});
