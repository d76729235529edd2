import { asJson, type JsonValue } from "@/lib/live/json-value";
import { LIVE_EVENT, type SentMessage } from "@/lib/live/live-message";
import { stateHash } from "@/lib/live/state-hash";
import { patchBetween } from "@/lib/live/state-patch";
import { type AppError, toAppError } from "@/server/kernel/errors";
import type { Following, StreamedEvent } from "@/server/kernel/publish";
import type { KnownStates } from "./known-states";

/** One read that a stream follows. */
export type Topic = {
  /** What the read is called with whom it is read for and its input; two of one key have the same states. */
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly follow: Following;
  /** Whether what its channel tells is about it. */
  readonly isAbout: (payload: string) => boolean;
  readonly read: () => Promise<unknown>;
  /** Name of the state that the client holds; "" for none. */
  readonly heldHash: string;
};

type Hear = (channel: string, hear: (payload: string | null) => void) => () => void;

type Options = {
  readonly known: KnownStates;
  readonly hear: Hear;
  /** Told of each read that fails, once for each reason. */
  readonly onFailure: (topic: Topic, error: AppError) => Promise<void>;
  readonly signal: AbortSignal;
};

type Followed = {
  readonly topic: Topic;
  readonly place: number;
  hash: string;
  held: JsonValue | undefined;
  /** Code of why it could not be read when it was last asked. */
  failure: string | null;
  dueAtMs: number;
  readAtMs: number;
  isReading: boolean;
  isToldWhileReading: boolean;
  isOver: boolean;
};

/** Reads at a time, so that one page with many topics leaves the pool to others. */
const READS_AT_ONCE = 4;
const GATHER_MS = 150;
/** Refusals that no waiting heals; what is not there may be there later, and is looked for less often. */
const LASTING = new Set(["forbidden", "unauthenticated", "invalid"]);
const MISSING_LOOK_MS = 30_000;

/** What is to be sent of a state: nothing where it is held, the steps to it where its predecessor is known, else all of it. */
function messageOf(one: Followed, state: JsonValue, known: KnownStates): SentMessage | undefined {
  const hash = stateHash(state);
  if (hash === one.hash && one.failure === null) {
    one.held = state;
    return undefined;
  }
  const base = one.hash;
  const before = one.failure === null ? (one.held ?? known.find(one.topic.key, base)) : undefined;
  one.hash = hash;
  one.held = state;
  one.failure = null;
  const length = known.keep(one.topic.key, hash, state);
  const patch = before === undefined ? undefined : patchBetween(before, state);
  return patch && JSON.stringify(patch).length < length
    ? { topic: one.place, base, hash, patch }
    : { topic: one.place, hash, state };
}

async function look(one: Followed, { known, onFailure }: Options): Promise<SentMessage | undefined> {
  one.isReading = true;
  one.isToldWhileReading = false;
  one.readAtMs = Date.now();
  try {
    return messageOf(one, asJson(await one.topic.read()), known);
  } catch (thrown) {
    const error = toAppError(thrown);
    one.isOver = LASTING.has(error.kind);
    if (one.failure === error.code) return undefined;
    one.failure = error.code;
    await onFailure(one.topic, error);
    return { topic: one.place, code: error.code, isOver: one.isOver };
  } finally {
    one.isReading = false;
    const { lookMs, gatherMs = GATHER_MS } = one.topic.follow;
    const waitMs = one.isToldWhileReading
      ? gatherMs
      : one.failure === null
        ? lookMs
        : Math.max(lookMs, MISSING_LOOK_MS);
    one.dueAtMs = one.isOver ? Number.POSITIVE_INFINITY : one.readAtMs + waitMs;
  }
}

/**
 * Follows reads for one client: each is asked again when its channel tells of a change or its time has come, and only what differs from what the
 * client holds is sent. A read that fails is told by its code; the stream and the other reads go on. An event's id names the states that the client
 * has then, so that a stream that broke off is taken up where it was.
 */
export async function* followTopics(topics: readonly Topic[], options: Options): AsyncGenerator<StreamedEvent> {
  const { hear, signal } = options;
  const all: Followed[] = topics.map((topic, place) => ({
    topic,
    place,
    hash: topic.heldHash,
    held: undefined,
    failure: null,
    dueAtMs: 0,
    readAtMs: 0,
    isReading: false,
    isToldWhileReading: false,
    isOver: false,
  }));
  let wake = () => {};
  const tell = (one: Followed) => {
    if (one.isOver) return;
    // What was read while it changed may be of before.
    one.isToldWhileReading = one.isReading;
    one.dueAtMs = Math.min(one.dueAtMs, one.readAtMs + (one.topic.follow.gatherMs ?? GATHER_MS));
    wake();
  };
  const stops = all.flatMap((one) => {
    const { hears } = one.topic.follow;
    if (hears === undefined) return [];
    return hear(hears.channel, (payload) => {
      if (payload === null || one.topic.isAbout(payload)) tell(one);
    });
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      const due = all.filter(({ dueAtMs }) => dueAtMs <= Date.now()).slice(0, READS_AT_ONCE);
      for (const message of await Promise.all(due.map((one) => look(one, options)))) {
        if (message === undefined) continue;
        yield { id: all.map(({ hash }) => hash).join("."), event: LIVE_EVENT, data: message };
      }
      const waitMs = Math.min(...all.map(({ dueAtMs }) => dueAtMs)) - Date.now();
      if (waitMs <= 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(waitMs, 60_000));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        // Told between the look at the clock and now.
        if (signal.aborted || all.some(({ dueAtMs }) => dueAtMs <= Date.now())) wake();
      });
      wake = () => {};
    }
  } finally {
    for (const stop of stops) stop();
    signal.removeEventListener("abort", onAbort);
  }
}
