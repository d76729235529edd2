import type { ProcessReference } from "./process-identity.mjs";

/** What the holder says of itself. */
export type LockFacts = { readonly nodeId: string; readonly volumeId: string };
export type LockHolder = ProcessReference & Partial<LockFacts>;

/** The living process that holds the lock, with the facts it gave; undefined when the lock is free or its holder is dead. */
export function lockHolder(directory: string, name: string): LockHolder | undefined;

/** Takes the lock for this process or names its living holder. A dead holder is passed over; of several contenders exactly one wins. */
export function acquireLock(
  directory: string,
  name: string,
  facts?: LockFacts,
): { release: () => void; holder?: undefined } | { release?: undefined; holder: LockHolder | undefined };
