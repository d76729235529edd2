import type { ServiceCtx } from "@/server/kernel/context";
import type { ChainBlock, ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";

/** What the follower of one network works with. */
export type Follow = {
  readonly ctx: ServiceCtx<Ports>;
  readonly node: ChainNode;
  readonly networkId: string;
  readonly signal: AbortSignal;
};

/** What the follower knows between two blocks; all of it can be had again from the rows and the chain. */
export type FollowMemory = {
  /** Last height that is recorded or lost; undefined until read from the rows. */
  cursor: { readonly heightBlocks: bigint | null; readonly hash: string | null } | undefined;
  /** Newest fetched block, the one after the cursor. */
  ahead: ChainBlock | undefined;
  /** Addresses of validator sets by hash, in the set's order. */
  readonly sets: Map<string, readonly string[]>;
  tipHeightBlocks: bigint | null;
  via: "subscription" | "polling" | null;
  /** When a block was last recorded, by the monotonic clock. */
  recordedAtMs: number | null;
  /** Why recording stands still, in one sentence; null while it goes on. */
  trouble: { readonly code: string; readonly reason: string } | null;
  /** Why params and validators could not be read; null when they could. */
  factsTrouble: string | null;
  /** Set when the composition of the set changes, so that facts are read at once. */
  isFactsDue: boolean;
  /** The look before: its height, and what each validator's shares were worth; undefined before the first. */
  lastLook: { readonly heightBlocks: bigint; readonly stakes: ReadonlyMap<string, Stake> } | undefined;
};
export type Stake = { readonly tokensBaseUnits: bigint; readonly delegatorShares: string };

/** A follower that has seen nothing yet. */
export const newFollowMemory = (): FollowMemory => ({
  cursor: undefined,
  ahead: undefined,
  sets: new Map(),
  tipHeightBlocks: null,
  via: null,
  recordedAtMs: null,
  trouble: null,
  factsTrouble: null,
  isFactsDue: true,
  lastLook: undefined,
});
