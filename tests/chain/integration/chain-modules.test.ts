import { afterEach, describe, expect, it } from "vitest";
import { startWireChain, type WireChain } from "../../support/fakes/chain-node-wire";
import { farChain } from "../../support/far-chain";

const running: WireChain[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((chain) => chain.close()));
});

/** A chain with these modules besides staking, counted in `ufar`. */
async function chainWith(modules: Readonly<Record<string, unknown>>) {
  const wire = await startWireChain({ modules });
  running.push(wire);
  const clock = { nowMs: 1_000_000 };
  const chain = farChain(wire, () => clock.nowMs);
  return { chain, wire, clock };
}

const CONFIG = { "/cosmos/base/node/v1beta1/config": { minimum_gas_price: "0.01ufar,1uusd" } };
const CONSENSUS = { "/cosmos/consensus/v1/params": { params: { block: { max_gas: "-1" } } } };

describe("a chain of another kind", () => {
  it("has no inflation, no community tax and no plan where it has no such module, and that is no failure", async () => {
    const { chain } = await chainWith({});
    expect(await chain.mintParams()).toBeNull();
    expect(await chain.distributionParams()).toBeNull();
    expect(await chain.upgradePlan()).toBeNull();
  });

  it("tells its floor alone where it has no fee market, and is asked for one once", async () => {
    const { chain, wire } = await chainWith({ ...CONFIG, ...CONSENSUS });
    const facts = { minimumGasPrice: "0.01", baseFee: null, maxBlockGas: null, maxTxGas: null };
    expect(await chain.gasFacts({ maxAgeMs: 0 })).toEqual(facts);
    const asked = () => wire.requests.filter((line) => line.includes("market") || line.includes("txfees")).length;
    const once = asked();
    expect(once).toBeGreaterThan(1);
    expect(await chain.gasFacts({ maxAgeMs: 0 })).toEqual(facts);
    expect(asked()).toBe(once);
  });

  it.each([
    ["Omniphi's", { "/pos/feemarket/v1/base_fee": { base_fee: "0.031" } }, "0.031"],
    [
      "x/feemarket's",
      { "/feemarket/v1/gas_price/ufar": { price: { denom: "ufar", amount: "0.005000000000000000" } } },
      "0.005",
    ],
    ["Cosmos EVM's", { "/cosmos/evm/feemarket/v1/base_fee": { base_fee: "1000000000.0" } }, "1000000000"],
    ["Osmosis'", { "/osmosis/txfees/v1beta1/cur_eip_base_fee": { base_fee: "0.0125" } }, "0.0125"],
  ])("tells the price in force by %s fee market", async (_whose, module, baseFee) => {
    const { chain } = await chainWith({ ...CONFIG, ...CONSENSUS, ...module });
    expect(await chain.gasFacts({ maxAgeMs: 0 })).toMatchObject({ minimumGasPrice: "0.01", baseFee });
  });

  it("has the fee market that an upgrade brought seen after a while", async () => {
    const { chain, wire, clock } = await chainWith({ ...CONFIG, ...CONSENSUS });
    await chain.gasFacts({ maxAgeMs: 0 });
    wire.state.modules = { ...wire.state.modules, "/pos/feemarket/v1/base_fee": { base_fee: "0.5" } };
    clock.nowMs += 11 * 60_000;
    expect(await chain.gasFacts({ maxAgeMs: 0 })).toMatchObject({ baseFee: "0.5" });
  });

  it("may tell neither its nodes' settings nor its block's size", async () => {
    const { chain } = await chainWith({});
    expect(await chain.gasFacts()).toEqual({
      minimumGasPrice: "0.002",
      baseFee: null,
      maxBlockGas: null,
      maxTxGas: null,
    });
  });
});
