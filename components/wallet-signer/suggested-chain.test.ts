import { describe, expect, it } from "vitest";
import { suggestedChain } from "./suggested-chain";
import type { WalletNetwork } from "./wallet-signer";

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

describe("suggested chain", () => {
  const suggested = suggestedChain(network);

  it("names all six prefixes, coin type 60 and the one denom for stake and fees", () => {
    expect(Object.values(suggested.bech32Config)).toEqual(Object.values(network.bech32));
    expect(suggested.bip44.coinType).toBe(60);
    expect(suggested.stakeCurrency.coinMinimalDenom).toBe("omniphi");
    expect(suggested.feeCurrencies[0]?.coinMinimalDenom).toBe("omniphi");
    expect(suggested.feeCurrencies[0]?.gasPriceStep).toEqual({ low: 0.025, average: 0.03, high: 0.05 });
  });

  it("never asks for Ethereum-style keys", () => {
    expect(JSON.stringify(suggested)).not.toMatch(/eth-address-gen|eth-key-sign/);
  });
});
