import { describe, expect, it } from "vitest";
import { chooseNetwork } from "./choose-network";

const network = (id: string, account: string, takesNodes = true) => ({ id, takesNodes, bech32: { account } });
const [omni, orb, watched] = [network("1", "omni"), network("2", "orb"), network("3", "far", false)];

describe("the wizard's network", () => {
  it("is the first that the person has a wallet on, until they choose another", () => {
    const wallets = ["omni1a", "orb1b"];
    expect(chooseNetwork([omni, orb], wallets, undefined).chosen).toEqual({ network: omni, walletAddress: "omni1a" });
    expect(chooseNetwork([omni, orb], wallets, "2").chosen).toEqual({ network: orb, walletAddress: "orb1b" });
  });

  it("is never one without a wallet of theirs, which is offered all the same, to be told why", () => {
    const { offered, chosen } = chooseNetwork([omni, orb], ["orb1b"], "1");
    expect(chosen?.network).toBe(orb);
    expect(offered.map(({ walletAddress }) => walletAddress)).toEqual([null, "orb1b"]);
  });

  it("is never one that is only watched", () => {
    expect(chooseNetwork([watched], ["far1c"], "3")).toEqual({ offered: [], chosen: null });
  });

  it("tells prefixes apart that begin alike", () => {
    expect(chooseNetwork([network("4", "om")], ["omni1a"], undefined).chosen).toBeNull();
  });
});
