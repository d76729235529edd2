import { describe, expect, it } from "vitest";
import { flooredGasPrice, minimumGasPriceIn } from "./minimum-gas-price";

describe("a node's least gas price", () => {
  it.each([
    ["0.025omniphi", "0.025"],
    [".025omniphi", "0.025"],
    ["0.0250omniphi", "0.025"],
    ["2omniphi", "2"],
    ["0.025 omniphi", "0.025"],
    ["1stake,.025omniphi", "0.025"],
    ["0.001ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2,0.025omniphi", "0.025"],
    ["0.1stake;0.025omniphi", "0.025"],
    ["0.0000000000000000001omniphi", "0.000000000000000001"],
    ["0.0250000000000000000000omniphi", "0.025"],
    ["0.0250000000000000000001omniphi", "0.025000000000000001"],
    ["", "0"],
    ["0omniphi", "0"],
    ["0.000omniphi", "0"],
    ["0.025omniphi2", "0"],
    ["1stake", "0"],
    ["omniphi", "0"],
    [".omniphi", "0"],
  ])("reads %j as %s", (told, price) => {
    expect(minimumGasPriceIn("omniphi", told)).toBe(price);
  });

  it("is the network's own lowest step where the node names none", () => {
    expect(flooredGasPrice(minimumGasPriceIn("omniphi", ""), "0.0250")).toBe("0.025");
    expect(flooredGasPrice(minimumGasPriceIn("omniphi", "0stake"), "0.025")).toBe("0.025");
    expect(flooredGasPrice("0.001", "0.025")).toBe("0.001");
  });
});
