/** A transaction that the fake chain took: how often it was handed over, and the block that has it. */
export type FakeTransaction = {
  readonly signer: string;
  readonly operatorAddress: string;
  readonly consensusPubkeyBase64: string;
  readonly heightBlocks: number;
  readonly broadcasts: number;
};

/** What the fake chain is, in one file, so that several processes see the same one. */
export type FakeChainState = {
  isDown: boolean;
  heightBlocks: number;
  /** Since when it makes blocks upon that height, by the clock of the machine; one that stands still where null. */
  movingSinceMs: number | null;
  minCommissionRate: string;
  maxValidators: number;
  /** What every account holds, and what of it may be spent now, in base units. */
  balance: number;
  spendable: number;
  /** How far the clocks of its nodes are ahead of ours. */
  clockSkewMs: number;
  /** By operator address: the consensus key that the chain shows. */
  validators: Record<string, string>;
  /** By hash: what was handed to it. */
  transactions: Record<string, FakeTransaction>;
};
