import type { ServiceCtx } from "@/server/kernel/context";
import type { Exchange, StreamedEvent } from "@/server/kernel/publish";
import { getSetupRequest } from "../requests/get-setup-request";
import { listSetupEvents } from "./list-setup-events";
import { SETUP_CHANNEL } from "./note-event";

/** Without a notification the rows are read again this often; the hint is fast, this is sure. */
const POLL_MS = 3_000;

/**
 * The request's story as it is written: `event` for each line (its id takes the stream up again) and `state` whenever the request or its node
 * changed.
 */
export async function* followSetup(
  ctx: ServiceCtx,
  { setupRequestId }: { readonly setupRequestId: string },
  exchange: Exchange,
): AsyncGenerator<StreamedEvent> {
  let after = Number(exchange.lastEventId ?? 0);
  if (!Number.isSafeInteger(after) || after < 0) after = 0;
  let shown = "";
  while (!exchange.signal.aborted) {
    const events = await listSetupEvents(ctx, { setupRequestId, after });
    for (const event of events) {
      after = event.sequence;
      yield { id: String(event.sequence), event: "event", data: event };
    }
    const state = await getSetupRequest(ctx, { setupRequestId });
    const text = JSON.stringify(state);
    if (text !== shown) {
      shown = text;
      yield { event: "state", data: state };
    }
    if (events.length === 0) {
      await exchange.waitForNotification({ channel: SETUP_CHANNEL, payload: setupRequestId, timeoutMs: POLL_MS });
    }
  }
}
