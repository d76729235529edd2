import { z } from "zod";
import { wireBigint, wireDec } from "./wire-values";

/** How a chain tells the price that gas has now, and what a transaction may use at most. */
export type FeeMarket = {
  readonly baseFee: { readonly path: string; readonly schema: z.ZodType<string> };
  readonly maxTxGas?: { readonly path: string; readonly schema: z.ZodType<bigint | null> };
};

/**
 * Fee markets in use, each with its own question: Omniphi's, Skip's x/feemarket (v1.1, query.proto), Cosmos EVM's (v0.3) and Osmosis' x/txfees
 * (v25). All answer in base units for a unit of gas.
 */
export const feeMarketsFor = (denom: string): readonly FeeMarket[] => [
  {
    baseFee: { path: "/pos/feemarket/v1/base_fee", schema: baseFeeAnswer },
    maxTxGas: { path: "/pos/feemarket/v1/params", schema: omniphiParams },
  },
  { baseFee: { path: `/feemarket/v1/gas_price/${encodeURIComponent(denom)}`, schema: gasPriceAnswer } },
  { baseFee: { path: "/cosmos/evm/feemarket/v1/base_fee", schema: baseFeeAnswer } },
  { baseFee: { path: "/osmosis/txfees/v1beta1/cur_eip_base_fee", schema: baseFeeAnswer } },
];

const baseFeeAnswer = z.object({ base_fee: wireDec }).transform(({ base_fee }) => base_fee);
const gasPriceAnswer = z.object({ price: z.object({ amount: wireDec }) }).transform(({ price }) => price.amount);
const omniphiParams = z
  .object({ params: z.object({ max_tx_gas: wireBigint.optional() }) })
  .transform(({ params }) => params.max_tx_gas ?? null);
