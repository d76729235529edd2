import { describe, expect, it } from "vitest";
import { bech32PrefixesOf } from "@/lib/chain/bech32-address";
import type { NetworkDraft } from "@/server/domains/chain/networks/schemas";
import { fromFields, toFields } from "./network-fields";

const DRAFT: NetworkDraft = {
  chainId: "far-1",
  kind: "testnet",
  displayName: "Far",
  status: "active",
  isDefault: false,
  bech32: bech32PrefixesOf("far"),
  coinType: 118,
  baseDenom: "ufar",
  displayDenom: "FAR",
  denomExponent: 6,
  gasPriceSteps: { low: "0.01", average: "0.025", high: "0.04" },
  rpcUrls: ["https://rpc.example.org"],
  restUrls: ["https://rest.example.org"],
  grpcUrls: ["grpc.example.org:443"],
  seeds: [`${"ab".repeat(20)}@seed.example.org:26656`],
  persistentPeers: [],
  genesisUrl: "https://files.example.org/genesis.json",
  genesisPath: null,
  genesisSha256: "12".repeat(32),
  currentBinaryVersion: "v1",
  releases: [
    {
      version: "v1",
      os: "linux",
      arch: "amd64",
      url: "https://files.example.org/fard",
      path: null,
      sha256: "34".repeat(32),
    },
    { version: "v1", os: "linux", arch: "arm64", url: null, path: "/opt/fard", sha256: null },
  ],
  stateSyncRpcUrls: [],
  consensusTimeouts: null,
  explorerUrl: null,
  faucetUrl: null,
};

describe("a network's form", () => {
  it("gives back what it was given", () => {
    expect(fromFields(toFields(DRAFT), DRAFT)).toEqual({ draft: DRAFT, messages: null });
  });

  it("derives the other prefixes of a new account prefix, and leaves those of another making alone", () => {
    const own = { ...DRAFT, bech32: { ...DRAFT.bech32, validator: "farval" } };
    expect(fromFields(toFields(own), own).draft?.bech32.validator).toBe("farval");
    expect(fromFields({ ...toFields(own), accountPrefix: "near" }, own).draft?.bech32.validator).toBe("nearvaloper");
  });

  it("takes a path on this machine for what begins with a slash", () => {
    const { draft } = fromFields({ ...toFields(DRAFT), genesis: "/opt/genesis.json" }, DRAFT);
    expect(draft).toMatchObject({ genesisUrl: null, genesisPath: "/opt/genesis.json" });
  });

  it.each([
    ["rpcUrls", "ftp://x", /Line 1: an http/],
    ["releases", "v1 linux/amd64", /Line 1: give an address/],
    ["releases", "v1 windows/amd64 https://x.example", /Line 1/],
    ["seeds", "nobody", /nodeid@host:port/],
    ["gasLow", "1e-7", /decimal/],
    ["coinType", "x", /number/],
    ["accountPrefix", "Far", /prefix/],
    ["genesisSha256", "12", /64 hex/],
  ] as const)("says at %s what is wrong with %j", (field, text, message) => {
    expect(fromFields({ ...toFields(DRAFT), [field]: text }, DRAFT).messages?.[field]).toMatch(message);
  });
});
