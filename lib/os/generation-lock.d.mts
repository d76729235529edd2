import type { ProcessReference } from "./process-identity.mjs";

/** What the holder says of itself. */
export type LockFacts = { readonly [name: string]: string | number };
export type LockHolder = ProcessReference & LockFacts;

/** The living process that holds the lock, with the facts it gave; undefined when the lock is free or its holder is dead. */
export function lockHolder(directory: string, name: string): LockHolder | undefined;

/**
 * Takes the lock for this process or names its living holder. A dead holder is passed over; of several contenders exactly one wins. The lock is
 * the file `<name>.lock.<number>` of the highest number; plain JavaScript, since the launcher takes one before anything is installed.
 */
export function acquireLock(
  directory: string,
  name: string,
  facts?: LockFacts,
): { release: () => void; holder?: undefined } | { release?: undefined; holder: LockHolder | undefined };
