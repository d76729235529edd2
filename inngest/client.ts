import "server-only";
import { Inngest } from "inngest";
import { env } from "@/env";
import type { ClaimedEvent } from "@/server/kernel/outbox";

/** Where events go and calls come from: a configured Inngest server, or the embedded engine. */
export const inngestBaseUrl = env.INNGEST_BASE_URL ?? env.ENGINE_URL;

/** Far above what an answer takes, also on a busy machine; the client itself tries five times. */
const REQUEST_TIMEOUT_MS = 10_000;

/** `fetch` that gives up: without it a send to a frozen server would never end, and with it the relay that waits for it. */
const fetchInTime: typeof fetch = (input, init) => {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout });
};

/** The one client. Both kinds of server sign their calls with the same key, so development mode, which skips that check, stays off. */
export const inngest = new Inngest({
  id: "omniphi",
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  isDev: false,
  fetch: fetchInTime,
  ...(inngestBaseUrl === undefined ? {} : { baseUrl: inngestBaseUrl }),
});

/** Hands events to the job engine, with the outbox id as event id, so that one that was sent before and not marked is dropped as known. */
export async function sendEvents(events: readonly ClaimedEvent[]): Promise<void> {
  await inngest.send(events.map(({ id, name, payload }) => ({ id, name, data: { ...payload } })));
}
