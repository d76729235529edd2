/** How much an installation holds that has been used for long. */
export const SCALE = { validators: 1_000, setSize: 150, blocks: 100_000, rows: 10_000, fewRows: 100 } as const;

/** A validator as its chain and its owner's request name it. */
export type ScaleValidator = {
  readonly operatorAddress: string;
  readonly walletAddress: string;
  readonly pubkey: string;
  readonly consensusAddress: string;
  readonly hex: string;
};

/** An organisation with rows in each list. */
export type ScaleOrganization = { readonly id: string; readonly slug: string; readonly rows: number };
