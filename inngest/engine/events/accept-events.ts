import { claimOnce, dedupeMs } from "../runs/flow-control";
import { transact } from "../state/database";
import { seededUlid } from "../state/ulid";
import { completeEvent, reservedPrefix, type SentEvent, sentEvent } from "./event";
import { type FanOutContext, fanOut } from "./fan-out";

/** The most events in one request. */
const maxEvents = 5_000;

/** The answer of the event API, as the SDK reads it. `status` is also the HTTP status. */
export type EventsAnswer = { readonly ids: readonly string[]; readonly status: number; readonly error?: string };

/**
 * Takes one event or a list: all of them and everything they start are written in one transaction, or none is. An event whose id was taken in the
 * last 24 hours is answered with its first internal id and does nothing. `seed` is the header with which the SDK marks a request that it may
 * send again.
 */
export async function acceptEvents(
  context: FanOutContext,
  body: unknown,
  seed: string | undefined,
): Promise<EventsAnswer> {
  const listed = Array.isArray(body) ? body : [body];
  if (listed.length > maxEvents)
    return refused(`a request may carry at most ${maxEvents} events; it has ${listed.length}`);
  const sent: SentEvent[] = [];
  for (const item of listed) {
    const parsed = sentEvent.safeParse(item);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return refused(`the event cannot be read at "${issue?.path.join(".")}": ${issue?.message}`);
    }
    if (parsed.data.name.trim() === "") return { ...refused("event name is empty"), ids: listed.map(() => "") };
    if (parsed.data.name.startsWith(reservedPrefix)) {
      return refused(
        `the event name ${parsed.data.name} is reserved: names that begin with ${reservedPrefix} are the engine's own`,
      );
    }
    const sizeBytes = Buffer.byteLength(JSON.stringify(item));
    if (sizeBytes > context.settings.maxEventBytes) {
      return refused(
        `the event ${parsed.data.name} has ${sizeBytes} bytes and the limit is ${context.settings.maxEventBytes}; store what is large elsewhere and send its id`,
      );
    }
    sent.push(parsed.data);
  }
  const now = context.now();
  const named = sent.map((event, index) => ({ event, internalId: seededUlid(seed, index) ?? context.newId() }));
  const ids = await transact(context.sql, async (tx) => {
    const accepted: string[] = [];
    for (const { event, internalId } of named) {
      const complete = completeEvent(event, internalId, now);
      if (!(await claimOnce(tx, "event", complete.id, internalId, now, dedupeMs))) {
        const [first] = await tx<{ value: string }[]>`
          select value from inngest_engine.dedupe where scope = 'event' and key = ${complete.id}`;
        accepted.push(first?.value ?? internalId);
        continue;
      }
      await tx`
        insert into inngest_engine.events (internal_id, id, name, payload, received_at, fanned_out)
        values (${internalId}, ${complete.id}, ${complete.name}, ${JSON.stringify(complete)}, ${now}, true)`;
      await fanOut(context, tx, complete);
      accepted.push(internalId);
    }
    return accepted;
  });
  context.wake();
  return { ids, status: 200 };
}

function refused(error: string): EventsAnswer {
  return { ids: [], status: 400, error };
}
