import { DEC_PRECISION_DIGITS, decFromAtomics, normalizeDec } from "./dec";

// An amount as the SDK's ParseDecCoin takes it (cosmos-sdk 0.53, types/dec_coin.go): `.025` is one, and spaces before the denom are none of its business.
const PRICE = /^(\d{0,78})(?:\.(\d{1,96}))?\s*([a-zA-Z][a-zA-Z0-9/:._-]{1,127})$/;

/** The price in one denom of a node's `0.025omniphi,1stake`; `0` where the node asks for none in it. Digits that no Dec holds round up: a fee must not fall short. */
export function minimumGasPriceIn(denom: string, minimumGasPrices: string): string {
  for (const part of minimumGasPrices.split(/[,;]/)) {
    const match = PRICE.exec(part.trim());
    const [, whole = "", fraction = "", priced] = match ?? [];
    if (priced !== denom || whole + fraction === "") continue;
    const kept = fraction.slice(0, DEC_PRECISION_DIGITS);
    const isCut = /[1-9]/.test(fraction.slice(DEC_PRECISION_DIGITS));
    const atomics = BigInt(`${whole}${kept.padEnd(DEC_PRECISION_DIGITS, "0")}`) + (isCut ? 1n : 0n);
    return decFromAtomics(atomics);
  }
  return "0";
}

/** What a node asks for, or the network's own lowest step where it asks for nothing: free is what a node says that was never told a price. */
export const flooredGasPrice = (minimumGasPrice: string, networkFloor: string): string =>
  minimumGasPrice === "0" ? normalizeDec(networkFloor) : minimumGasPrice;
