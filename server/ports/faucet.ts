import type { CallOptions } from "./call-options";

/** Gives test coins on the local chains of this machine; no other kind of network has such a faucet. */
export type Faucet = {
  /**
   * Sends the amount from the faucet of the chain that lives in `localnetHome` and waits until it is in a block.
   * @throws upstream_unavailable `faucet.unavailable`, upstream_rejected `faucet.refused`, timeout `faucet.timeout`
   */
  drip(
    input: {
      readonly localnetHome: string;
      /** What the folder must hold: another chain's coins are not sent. */
      readonly chainId: string;
      readonly address: string;
      readonly amountBaseUnits: bigint;
    },
    options?: CallOptions,
  ): Promise<{ readonly txHash: string }>;
};
