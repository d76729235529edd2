import "server-only";
import type { Database } from "@/db/client";

type Waiter = { readonly payload: string | null; readonly wake: () => void };

const hubs = new WeakMap<object, Map<string, Promise<Set<Waiter>>>>();

/** One LISTEN per channel and pool, made by the first who waits; postgres.js takes it up again after a lost connection. */
function waitersOf(db: Database, channel: string): Promise<Set<Waiter>> {
  const client = db.$client;
  const channels = hubs.get(client) ?? new Map<string, Promise<Set<Waiter>>>();
  hubs.set(client, channels);
  const known = channels.get(channel);
  if (known) return known;
  const made = (async () => {
    const waiters = new Set<Waiter>();
    await client.listen(channel, (payload) => {
      for (const waiter of [...waiters]) if (waiter.payload === null || waiter.payload === payload) waiter.wake();
    });
    return waiters;
  })();
  channels.set(channel, made);
  made.catch(() => channels.delete(channel));
  return made;
}

/**
 * Waits until somebody notifies the channel (with this payload, when given), the time is over, or the signal aborts. A notification is a hint
 * to read again, never the news itself: one that was sent while the connection was down is lost, and the time limit makes up for it.
 */
export async function waitForNotification(
  db: Database,
  wait: {
    readonly channel: string;
    readonly payload?: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const waiters = await waitersOf(db, wait.channel).catch(() => new Set<Waiter>());
  if (wait.signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      waiters.delete(waiter);
      wait.signal.removeEventListener("abort", done);
      resolve();
    };
    const waiter: Waiter = { payload: wait.payload ?? null, wake: done };
    const timer = setTimeout(done, wait.timeoutMs);
    waiters.add(waiter);
    wait.signal.addEventListener("abort", done);
  });
}
