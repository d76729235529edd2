import { setMaxListeners } from "node:events";
import { asJson, type JsonValue } from "@/lib/live/json-value";
import { BEAT_EVENT, LIVE_BEAT_MS, LIVE_EVENT } from "@/lib/live/live-limits";
import type { SentMessage } from "@/lib/live/live-message";
import { stateHash } from "@/lib/live/state-hash";
import { patchBetween } from "@/lib/live/state-patch";
import { type AppError, toAppError } from "@/server/kernel/errors";
import type { StreamedEvent } from "@/server/kernel/publish";
import { withinDeadline } from "../deadline";
import { createAlarm } from "./alarm";
import type { KnownStates } from "./known-states";
import { isLasting, type Pace, paceAfter } from "./look-pace";
import { createLookPlaces, type LookPlaces } from "./look-places";
import type { Hear, OnFailure, Topic } from "./topic";

type Options = {
  readonly known: KnownStates;
  readonly hear: Hear;
  readonly onFailure: OnFailure;
  readonly signal: AbortSignal;
};

const LOOKS_AT_ONCE = 4;
const PLACE_HELD_MS = 1_000;
/** After this the client is told that the read does not answer, and asks by itself if it likes. */
const LOOK_DEADLINE_MS = 8_000;

/** What is known of one topic between two looks. */
type Followed = {
  readonly topic: Topic;
  readonly place: number;
  hash: string;
  held: JsonValue | undefined;
  /** Why it could not be read when it was last asked. */
  error: AppError | null;
  failures: number;
  isSaid: boolean;
};

/** What is to be sent of a state: its name alone where it is held, the steps to it where its predecessor is known, else all of it. */
function messageOf(one: Followed, state: JsonValue, known: KnownStates): SentMessage | undefined {
  const hash = stateHash(state);
  const wasFailing = one.error !== null;
  one.error = null;
  one.failures = 0;
  if (hash === one.hash) {
    one.held = state;
    // Said once in each stream, and after a failure: a client counts on nothing that it was not told here.
    const isNews = !one.isSaid || wasFailing;
    one.isSaid = true;
    known.keep(one.topic.key, hash, state);
    return isNews ? { topic: one.place, hash } : undefined;
  }
  const base = one.hash;
  const before = one.held ?? known.find(one.topic.key, base);
  one.hash = hash;
  one.held = state;
  one.isSaid = true;
  const length = known.keep(one.topic.key, hash, state);
  const patch = before === undefined ? undefined : patchBetween(before, state);
  return patch && JSON.stringify(patch).length < length
    ? { topic: one.place, base, hash, patch }
    : { topic: one.place, hash, state };
}

async function look(one: Followed, { known, onFailure }: Options): Promise<SentMessage | undefined> {
  try {
    return messageOf(one, asJson(await withinDeadline(one.topic.read(), LOOK_DEADLINE_MS)), known);
  } catch (thrown) {
    const error = toAppError(thrown);
    const isKnown = one.error?.code === error.code;
    one.error = error;
    one.failures += 1;
    if (isKnown) return undefined;
    await onFailure(one.topic, error);
    return { topic: one.place, code: error.code, isOver: isLasting(error) };
  }
}

/** Follows one topic until the signal aborts or it is over: no other topic's look is waited for. */
async function followOne(
  one: Followed,
  options: Options & { readonly places: LookPlaces; readonly send: (message: SentMessage) => Promise<void> },
): Promise<void> {
  const { places, send, signal, hear } = options;
  const alarm = createAlarm(signal);
  let pace: Pace = { nextAtMs: 0, whenToldAtMs: 0 };
  // A change told while it is being read counts for the next look: what was read may be of before.
  let isTold = false;
  const { hears } = one.topic.follow;
  const stop = hears
    ? hear(hears.channel, (payload) => {
        if (payload !== null && !one.topic.isAbout(payload)) return;
        isTold = true;
        alarm.wake();
      })
    : () => {};
  try {
    while (!signal.aborted) {
      const dueAtMs = isTold ? Math.min(pace.nextAtMs, pace.whenToldAtMs) : pace.nextAtMs;
      if (dueAtMs > Date.now()) {
        await alarm.until(dueAtMs);
        continue;
      }
      const giveBack = await places.take(signal);
      if (giveBack === undefined) return;
      isTold = false;
      const begunAtMs = Date.now();
      const message = await look(one, options).finally(giveBack);
      pace = paceAfter(one.topic.follow, {
        begunAtMs,
        endedAtMs: Date.now(),
        failures: one.failures,
        error: one.error,
      });
      // Until the client has taken it there is no next look: a slow client costs one message of each topic.
      if (message !== undefined) await send(message);
      if (pace.nextAtMs === Number.POSITIVE_INFINITY) return;
    }
  } finally {
    stop();
  }
}

/**
 * Follows reads for one client: each is asked again when its channel tells of a change or its time has come, and only what differs from what the
 * client holds is sent. Each read has its own time, deadline and pause after failures, and waits for no other; one that fails is told by its code.
 * An event's id names the states that the client has then, so that a stream that broke off is taken up where it was. A beat every few seconds says
 * that the stream is alive: a client that hears none asks for itself.
 */
export async function* followTopics(topics: readonly Topic[], given: Options): AsyncGenerator<StreamedEvent> {
  const ended = new AbortController();
  const signal = AbortSignal.any([given.signal, ended.signal]);
  // Each topic waits on it.
  setMaxListeners(0, signal);
  const sent: { readonly event: StreamedEvent; readonly taken: () => void }[] = [];
  const alarm = createAlarm(signal);
  let failure: unknown;
  const all: Followed[] = topics.map((topic, place) => ({
    topic,
    place,
    hash: topic.heldHash,
    held: undefined,
    error: null,
    failures: 0,
    isSaid: false,
  }));
  /** Names of what the client has once it took the message, not of what has been read meanwhile. */
  const said = all.map(({ hash }) => hash);
  const send = (message: SentMessage) =>
    new Promise<void>((taken) => {
      if ("hash" in message) said[message.topic] = message.hash;
      sent.push({ event: { id: said.join("."), event: LIVE_EVENT, data: message }, taken });
      alarm.wake();
    });
  const places = createLookPlaces(LOOKS_AT_ONCE, PLACE_HELD_MS);
  for (const one of all) {
    // A topic that ends by a fault of ours ends the stream: the client opens it anew rather than believe in it.
    followOne(one, { ...given, signal, places, send }).catch((thrown: unknown) => {
      failure ??= thrown;
      alarm.wake();
    });
  }
  try {
    let beatAtMs = Date.now() + LIVE_BEAT_MS;
    while (!signal.aborted) {
      if (failure !== undefined) throw failure;
      const next = sent.shift();
      if (next !== undefined) {
        yield next.event;
        next.taken();
      } else if (Date.now() >= beatAtMs) {
        beatAtMs = Date.now() + LIVE_BEAT_MS;
        yield { event: BEAT_EVENT, data: 0 };
      } else await alarm.until(beatAtMs);
    }
  } finally {
    ended.abort();
    for (const { taken } of sent) taken();
  }
}
