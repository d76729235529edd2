import { setMaxListeners } from "node:events";
import { asJson, type JsonValue } from "@/lib/live/json-value";
import { BEAT_EVENT, LIVE_BEAT_MS } from "@/lib/live/live-limits";
import type { SentMessage } from "@/lib/live/live-message";
import { stateHash } from "@/lib/live/state-hash";
import { patchBetween } from "@/lib/live/state-patch";
import { type AppError, toAppError } from "@/server/kernel/errors";
import type { StreamedEvent } from "@/server/kernel/publish";
import { withinDeadline } from "../deadline";
import { createAlarm } from "./alarm";
import { type Bundles, createBundles } from "./bundles";
import type { KnownStates } from "./known-states";
import { dueAtMs, FIRST_PACE, isLasting, isNearlyDue, paceAfter } from "./look-pace";
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
  const before = one.held ?? known.find(one.topic.key, one.hash);
  one.hash = hash;
  one.held = state;
  one.isSaid = true;
  const length = known.keep(one.topic.key, hash, state);
  const patch = before === undefined ? undefined : patchBetween(before, state);
  return patch && JSON.stringify(patch).length < length
    ? { topic: one.place, hash, patch }
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

type Company = {
  readonly places: LookPlaces;
  readonly bundles: Bundles;
  /** Of each topic: it is looked at now if it is nearly due. */
  readonly calls: Set<(nowMs: number) => void>;
};

/** Follows one topic until the signal aborts or it is over: no other topic's look is waited for. */
async function followOne(one: Followed, options: Options & Company): Promise<void> {
  const { places, bundles, calls, signal, hear } = options;
  const alarm = createAlarm(signal);
  let pace = FIRST_PACE;
  // A change told while it is being read counts for the next look: what was read may be of before.
  let isTold = false;
  let isLooking = false;
  let isCalled = false;
  const call = (nowMs: number) => {
    if (isLooking || !isNearlyDue(pace, isTold, nowMs)) return;
    isCalled = true;
    alarm.wake();
  };
  calls.add(call);
  const { hears } = one.topic.follow;
  const stop = hears
    ? hear(hears.channel, (payload) => {
        if (payload !== null && !one.topic.isAbout(payload)) return;
        isTold = true;
        alarm.wake();
      })
    : () => {};
  /** Done when the client has taken what was found, if that is news. */
  const lookOnce = async (): Promise<void> => {
    const ended = bundles.begin();
    let sent: Promise<void> | undefined;
    try {
      const giveBack = await places.take(signal);
      if (giveBack === undefined) return;
      isTold = false;
      const begunAtMs = Date.now();
      const message = await look(one, options).finally(giveBack);
      const { failures, error } = one;
      pace = paceAfter(one.topic.follow, { begunAtMs, endedAtMs: Date.now(), failures, error });
      // Given away before the look ends, and waited for after: what waits for this look's end is what it is sent with.
      if (message !== undefined) sent = bundles.send(message);
    } finally {
      ended();
    }
    await sent;
  };
  try {
    while (!signal.aborted) {
      const atMs = dueAtMs(pace, isTold);
      if (!isCalled && atMs > Date.now()) {
        await alarm.until(atMs);
        continue;
      }
      isCalled = false;
      isLooking = true;
      for (const other of calls) other(Date.now());
      // Until the client has taken it there is no next look: a slow client costs one message of each topic.
      await lookOnce();
      isLooking = false;
      if (pace.nextAtMs === Number.POSITIVE_INFINITY) return;
    }
  } finally {
    calls.delete(call);
    stop();
  }
}

/**
 * Follows reads for one client: each is asked again when its channel tells of a change or its time has come, and only what differs from what the
 * client holds is sent. Each read has its own time, deadline and pause after failures, and waits for no other; one that fails is told by its code.
 * What a block changes of several reads is one event, since they are looked at together. A beat says that a stream that has nothing to say is alive:
 * a client that hears neither asks for itself. It takes up what broke off by naming what it holds in a new stream's address.
 */
export async function* followTopics(topics: readonly Topic[], given: Options): AsyncGenerator<StreamedEvent> {
  const ended = new AbortController();
  const signal = AbortSignal.any([given.signal, ended.signal]);
  // Each topic waits on it.
  setMaxListeners(0, signal);
  const bundles = createBundles(signal);
  const places = createLookPlaces(LOOKS_AT_ONCE, PLACE_HELD_MS);
  const calls: Company["calls"] = new Set();
  let failure: unknown;
  const all = topics.map(
    (topic, place): Followed => ({
      topic,
      place,
      hash: topic.heldHash,
      held: undefined,
      error: null,
      failures: 0,
      isSaid: false,
    }),
  );
  for (const one of all) {
    // A topic that ends by a fault of ours ends the stream: the client opens it anew rather than believe in it.
    followOne(one, { ...given, signal, places, bundles, calls }).catch((thrown: unknown) => {
      failure ??= thrown;
      bundles.wake();
    });
  }
  try {
    let beatAtMs = Date.now() + LIVE_BEAT_MS;
    while (!signal.aborted) {
      if (failure !== undefined) throw failure;
      const bundle = bundles.take();
      if (bundle !== undefined) {
        beatAtMs = Date.now() + LIVE_BEAT_MS;
        try {
          yield { data: bundle.messages };
        } finally {
          // Also where the client leaves without taking it: who waits for it would wait, and be told by its channel, for as long as the process lives.
          bundle.taken();
        }
      } else if (Date.now() >= beatAtMs) {
        beatAtMs = Date.now() + LIVE_BEAT_MS;
        yield { event: BEAT_EVENT, data: 0 };
      } else await bundles.until(beatAtMs);
    }
  } finally {
    ended.abort();
    bundles.close();
  }
}
