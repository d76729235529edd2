import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 100;

/** Looks until the condition gives something other than undefined or false, and returns it; fails with what it waited for. */
export async function eventually<Out>(
  what: string,
  look: () => Promise<Out | undefined | false>,
  timeoutMs = 60_000,
): Promise<Out> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > giveUpAt) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await delay(POLL_MS);
  }
}
