import type { CallOptions } from "./call-options";

/** Gives test coins on a localnet; no other kind of network has one. */
export type Faucet = {
  /** The chain it pays on, or null where this installation runs no localnet. */
  readonly chainId: string | null;
  /**
   * Sends the amount and waits until it is in a block.
   * @throws upstream_unavailable `faucet.unavailable`, upstream_rejected `faucet.refused`, timeout `faucet.timeout`
   */
  drip(
    input: { address: string; amountBaseUnits: bigint },
    options?: CallOptions,
  ): Promise<{ readonly txHash: string }>;
};
