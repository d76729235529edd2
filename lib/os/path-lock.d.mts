import type { LockFacts } from "./generation-lock.mjs";

type Holder = { readonly pid: number };
/** The record that an earlier version left in the path itself: the launcher's names the identity, the local chain's the start time. */
type EarlierRecord = Holder & { readonly identity?: string; readonly startTicks: string | null };
type IsEarlierAlive = (record: EarlierRecord) => boolean;

/** The process that holds the lock `<folder>/<name>.lock`, or undefined when it is free or its holder is gone. */
export function pathLockHolder(path: string, isAlive: IsEarlierAlive): Holder | undefined;

/** Takes the lock at once or not at all; one whose holder is dead is taken over. Its files are the path with a number. */
export function acquirePathLock(
  path: string,
  isAlive: IsEarlierAlive,
  facts?: LockFacts,
): { release: () => void; holder?: undefined } | { release?: undefined; holder: Holder | undefined };
