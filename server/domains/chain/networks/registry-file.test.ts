import { expect, it } from "vitest";
import { draftFromRegistry } from "./chain-registry";
import { registryFileOf } from "./registry-file";
import type { Network } from "./schemas";
import { ChainRegistryFile } from "./schemas";

const NETWORK: Network = {
  id: "net_1",
  chainId: "omniphi-testnet-2",
  kind: "testnet",
  displayName: "Omniphi Testnet",
  status: "active",
  isDefault: true,
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
  gasPriceSteps: { low: "0.01", average: "0.025", high: "0.05" },
  rpcUrls: ["https://rpc.example.org"],
  restUrls: ["https://rest.example.org"],
  seeds: [`${"a".repeat(40)}@seed.example.org:26656`],
  persistentPeers: [],
  genesisUrl: "https://example.org/genesis.json",
  genesisSha256: "0".repeat(64),
  currentBinaryVersion: "v1.2.0",
  releases: [
    { version: "v1.2.0", os: "linux", arch: "amd64", url: "https://example.org/posd", sha256: "1".repeat(64) },
    { version: "v1.1.0", os: "linux", arch: "amd64", url: "https://example.org/old", sha256: "2".repeat(64) },
  ],
  stateSyncRpcUrls: [],
  takesNodes: true,
  hasFaucet: false,
  explorerUrl: null,
  faucetUrl: null,
};

it("is read back as the record that it was made of", () => {
  const file = ChainRegistryFile.parse(registryFileOf(NETWORK));
  const { draft } = draftFromRegistry(JSON.stringify(file), null);
  const same = [
    "chainId",
    "kind",
    "bech32",
    "coinType",
    "baseDenom",
    "gasPriceSteps",
    "rpcUrls",
    "restUrls",
    "seeds",
  ] as const;
  for (const field of same) expect([field, draft[field]]).toEqual([field, NETWORK[field]]);
  expect(draft.genesisUrl).toBe(NETWORK.genesisUrl);
  expect(draft.currentBinaryVersion).toBe("v1.2.0");
  expect(draft.releases).toEqual([{ ...NETWORK.releases[0], path: null }]);
});

it("leaves out what the record lacks", () => {
  const { codebase } = registryFileOf({ ...NETWORK, genesisUrl: null, currentBinaryVersion: null, releases: [] });
  expect(codebase).toEqual({ binaries: {} });
});
