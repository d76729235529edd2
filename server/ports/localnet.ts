/** How far the chain of this machine is: its binary may still be compiling when the portal already answers. */
export type LocalnetStatus = {
  readonly state: "building" | "starting" | "ready" | "failed";
  readonly message: string;
  readonly updatedAt: string;
};

/** The chain that `npm start` runs beside the product. */
export type Localnet = {
  /** Null where this installation runs none, or has not said anything yet. */
  status(): Promise<LocalnetStatus | null>;
  /** What it is called and how its addresses begin; null before it was made. */
  names(): Promise<{ readonly chainId: string; readonly accountPrefix: string } | null>;
};
