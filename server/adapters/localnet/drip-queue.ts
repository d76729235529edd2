import { setTimeout as delay } from "node:timers/promises";
import { acquirePathLock } from "@/lib/os/path-lock.mjs";
import { mayRun } from "@/lib/os/process-identity.mjs";
import { isAppError, upstreamUnavailable } from "@/server/kernel/errors";

/** One payment that is asked for. */
export type Drip = { readonly address: string; readonly amountBaseUnits: bigint };
type Sent = { readonly txHash: string };
type Waiting = {
  readonly drip: Drip;
  readonly resolve: (sent: Sent) => void;
  readonly reject: (thrown: unknown) => void;
};

/** As many transfers in one transaction are well below a block's gas. */
const MAX_DRIPS = 50;
const LOCK_POLL_MS = 100;

/** 503 with the caller's place: nothing was sent for it. */
const stillWaiting = (place: number) =>
  upstreamUnavailable(
    "faucet.busy",
    `The faucet pays others first: you are number ${place} in the queue, and nothing was sent yet. Ask again in a few seconds.`,
    { retryAfterSeconds: 5, details: { place } },
  );

/**
 * Pays from one account whatever many ask at once, also in several processes: all of them share one sequence, so whoever sends holds the lock until
 * a block has it, and whoever waits meanwhile goes out together in the next transaction.
 */
export function createDripQueue(parts: {
  /** Sends the transfers in one transaction and waits for its block. */
  readonly send: (drips: readonly Drip[]) => Promise<Sent>;
  /** Ends in `.lock`; the same for every process that pays from the account. */
  readonly lockPath: () => string;
  readonly waitMs: number;
}) {
  const waiting: Waiting[] = [];
  let isPaying = false;

  const payTogether = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const sent = await parts.send(batch.map(({ drip }) => drip));
      for (const one of batch) one.resolve(sent);
    } catch (thrown) {
      // A chain that refused took none of them: one address that may not be paid must not cost the others.
      if (batch.length > 1 && isAppError(thrown) && thrown.code === "faucet.refused") {
        for (const one of batch) await payTogether([one]);
        return;
      }
      for (const one of batch) one.reject(thrown);
    }
  };

  const pay = async (): Promise<void> => {
    if (isPaying) return;
    isPaying = true;
    try {
      while (waiting.length > 0) {
        const release = await lockUnless(() => waiting.length === 0, parts.lockPath());
        try {
          await payTogether(waiting.splice(0, MAX_DRIPS));
        } finally {
          release?.();
        }
      }
    } catch (thrown) {
      for (const one of waiting.splice(0)) one.reject(thrown);
    } finally {
      isPaying = false;
    }
  };

  return {
    /** @throws upstream_unavailable `faucet.busy` with the place in the queue when others took all the time; nothing is sent for it then */
    drip: (drip: Drip): Promise<Sent> =>
      new Promise<Sent>((resolve, reject) => {
        const mine: Waiting = { drip, resolve, reject };
        waiting.push(mine);
        const timer = setTimeout(() => {
          const place = waiting.indexOf(mine);
          if (place === -1) return;
          waiting.splice(place, 1);
          reject(stillWaiting(place + 1));
        }, parts.waitMs);
        timer.unref();
        pay().catch(reject);
      }),
  };
}

/** Takes the lock, or gives up once nobody waits any more. */
async function lockUnless(isOver: () => boolean, path: string): Promise<(() => void) | undefined> {
  for (;;) {
    const { release } = acquirePathLock(path, mayRun);
    if (release) return release;
    if (isOver()) return undefined;
    await delay(LOCK_POLL_MS);
  }
}
