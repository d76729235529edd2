import { compareDec, decAtomics, decFromAtomics, multiplyDecCeil } from "./dec";

/** Gas to ask for: what the simulation used times 1.5, rounded up, since state may grow before the block. */
export function gasLimitFrom(simulatedGas: bigint): bigint {
  return (simulatedGas * 3n + 1n) / 2n;
}

/**
 * Gas to ask for when a document is prepared again: the former limit while it is within a twentieth of a fresh one, so that small moves of the state
 * leave the document, and a signature of it in another tab, as they were.
 */
export function gasLimitAgain(simulatedGas: bigint, former: bigint | null): bigint {
  const fresh = gasLimitFrom(simulatedGas);
  if (former === null) return fresh;
  const apart = former > fresh ? former - fresh : fresh - former;
  return apart * 20n <= fresh ? former : fresh;
}

/** Price per unit of gas: the node's floor, or the live base fee with a quarter on top, whichever is more. Dec strings in and out. */
export function gasPriceFrom(facts: { minimumGasPrice: string; baseFee: string | null }): string {
  if (facts.baseFee === null) return facts.minimumGasPrice;
  const raised = decFromAtomics((decAtomics(facts.baseFee) * 5n + 3n) / 4n);
  return compareDec(raised, facts.minimumGasPrice) > 0 ? raised : facts.minimumGasPrice;
}

/** Fee in base units for a gas limit, rounded up so that the node's floor is met. */
export function feeFrom(gasLimit: bigint, gasPrice: string): bigint {
  return multiplyDecCeil(gasPrice, gasLimit);
}
