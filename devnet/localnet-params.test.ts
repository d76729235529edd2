import { describe, expect, it } from "vitest";
import { identityOf } from "./localnet-identity.mjs";
import { applyGenesisParams, resolveLocalnetParams, setTreasury } from "./localnet-params.mjs";

/** As much of a genesis as a binary's `init` makes; modules may be others. */
const genesis = (appState: object) => ({
  chain_id: "far-1",
  consensus: { params: { block: { max_gas: "-1" }, evidence: { max_age_duration: "1", max_age_num_blocks: "1" } } },
  app_state: {
    staking: { params: { bond_denom: "ufar", unbonding_time: "1s", max_validators: 1 } },
    ...appState,
  },
});
const PARAMS = resolveLocalnetParams({ unbondingSeconds: 60 });

describe("a genesis that another binary made", () => {
  it("keeps modules that are not known, and needs none but staking", () => {
    const unknown = { group: { groups: [] }, ibc: { params: { send_enabled: true } }, tokenomics: { cap: "1" } };
    const made = genesis(structuredClone(unknown));
    applyGenesisParams(made, PARAMS, 1_000);
    expect(made.app_state).toMatchObject(unknown);
    expect(made.app_state).not.toHaveProperty("mint");
    expect(made.app_state.staking.params).toMatchObject({ unbonding_time: "60s", max_validators: 125 });
  });

  it("gets no field that its release does not know", () => {
    const gov = { params: { voting_period: "1s", min_deposit: [] } };
    const made = genesis({ gov, mint: { params: { mint_denom: "ufar" } } });
    applyGenesisParams(made, PARAMS, 1_000);
    expect(made.app_state).toMatchObject({ mint: { params: { mint_denom: "ufar" } } });
    expect(gov.params).toEqual({ voting_period: "120s", min_deposit: [{ denom: "ufar", amount: "10000000" }] });
    expect(made.app_state.staking.params).not.toHaveProperty("min_commission_rate");
  });

  it("may keep the consensus parameters at its root, as older releases do", () => {
    const { consensus, ...rest } = genesis({});
    const made = { ...rest, consensus_params: consensus.params };
    applyGenesisParams(made, PARAMS, 1_000);
    expect(made.consensus_params.block.max_gas).toBe("60000000");
  });

  it.each([
    ["at the module", { treasury_address: "" }, { treasury_address: "far1x" }],
    ["among its parameters", { params: { treasury_address: "" } }, { params: { treasury_address: "far1x" } }],
    ["nowhere, in another fee market", { params: { window: "1" } }, { params: { window: "1" } }],
  ])("gets the fee market's treasury %s", (_where, feemarket, expected) => {
    const made = genesis({ feemarket });
    setTreasury(made, "far1x");
    expect(made.app_state).toMatchObject({ feemarket: expected });
  });
});

describe("what a chain is counted in", () => {
  it("comes from its genesis and its addresses", () => {
    const metadata = {
      base: "ufar",
      display: "far",
      symbol: "FAR",
      name: "Far",
      denom_units: [
        { denom: "ufar", exponent: 0 },
        { denom: "far", exponent: 8 },
      ],
    };
    expect(identityOf(genesis({ bank: { denom_metadata: [metadata] } }), "far1abc")).toEqual({
      displayName: "Far local chain",
      accountPrefix: "far",
      baseDenom: "ufar",
      displayDenom: "FAR",
      denomExponent: 8,
    });
  });

  it("is the base unit itself where nothing says how it is shown", () => {
    expect(identityOf(genesis({}), "far1abc")).toMatchObject({ displayDenom: "ufar", denomExponent: 0 });
  });

  it("is nothing without staking", () => {
    expect(() => identityOf({ app_state: {} }, "far1abc")).toThrow(/no staking module/);
  });
});
