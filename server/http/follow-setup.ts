import { getSetupRequest, listSetupEvents, SETUP_CHANNEL } from "@/server/domains/validators";
import { waitForNotification } from "@/server/runtime/notifications";
import type { RouteCtx } from "./define-route";
import type { ServerSentEvent } from "./server-sent-events";

/** Without a notification the rows are read again this often; the hint is fast, this is sure. */
const POLL_MS = 3_000;

/**
 * The request's story as it is written: `event` for each line (its id takes the stream up again) and `state` whenever the request or its node
 * changed.
 */
export async function* followSetup(ctx: RouteCtx, setupRequestId: string): AsyncGenerator<ServerSentEvent> {
  let after = Number(ctx.lastEventId ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) after = 0;
  let shown = "";
  while (!ctx.signal.aborted) {
    const events = await listSetupEvents(ctx.service, { setupRequestId, after });
    for (const event of events) {
      after = event.sequence;
      yield { id: String(event.sequence), event: "event", data: event };
    }
    const state = await getSetupRequest(ctx.service, { setupRequestId });
    const text = JSON.stringify(state);
    if (text !== shown) {
      shown = text;
      yield { event: "state", data: state };
    }
    if (events.length === 0) {
      await waitForNotification(ctx.service.db, {
        channel: SETUP_CHANNEL,
        payload: setupRequestId,
        timeoutMs: POLL_MS,
        signal: ctx.signal,
      });
    }
  }
}
