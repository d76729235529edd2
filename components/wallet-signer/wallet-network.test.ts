import { expect, it } from "vitest";
import { distinctForWallets } from "./wallet-network";

const network = (account: string, coinType: number, kind: "localnet" | "testnet" = "testnet") => ({
  bech32: { account, accountPub: "", validator: "", validatorPub: "", consensus: "", consensusPub: "" },
  coinType,
  kind,
});

it("offers one network for each kind of wallet", () => {
  const [omni, orb, local] = [network("omni", 60), network("orb", 118), network("omni", 60, "localnet")];
  expect(distinctForWallets([omni, orb, network("omni", 60), local, network("orb", 118)])).toEqual([omni, orb, local]);
  expect(distinctForWallets([])).toEqual([]);
});
