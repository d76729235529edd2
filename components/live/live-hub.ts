import { z } from "zod";
import type { JsonValue } from "@/lib/live/json-value";
import { LIVE_BEAT_MS } from "@/lib/live/live-limits";
import { LiveMessage } from "@/lib/live/live-message";
import { stateHash } from "@/lib/live/state-hash";
import { patched, type StatePatch } from "@/lib/live/state-patch";
import type { LiveBrowser, LiveChannel } from "./live-browser";
import { type LiveTopic, topicKey } from "./live-topic";
import { createStreamHolder, SILENT_AFTER_MS } from "./stream-holder";

/*
 * One stream for all tabs of a browser that show one organisation: a tab that is seen wants topics and asks for a lock; who has it holds the stream
 * and tells the others over a channel. A hidden tab wants nothing and gives the lock up. A tab that dies loses its locks, which the holder hears.
 *
 * What can go wrong between them, and what ends it:
 * - the holder dies or hangs: its lock goes to the next tab, which asks all of them anew; a holder that is silent is no longer counted on
 * - a tab's own question is answered late, with what was before, over what the stream had brought: it finds out with the next beats, and asks for
 *   the whole state
 * - the lock is given to a tab that has been hidden meanwhile: it gives it on without a stream
 */

/** Of a page's read: what is shown now, and what becomes of it. */
export type LiveReader = {
  readonly held: () => JsonValue | undefined;
  readonly take: (state: JsonValue) => void;
  /** It cannot be followed now; the page asks for itself, and hears why. */
  readonly fail: () => void;
};

export type LiveHub = {
  /** Follows a read until the returned function is called; of two readers of one key the first one counts. */
  readonly follow: (name: string, input: Readonly<Record<string, unknown>>, reader: LiveReader) => () => void;
  readonly isLive: (key: string) => boolean;
  /** Whether the stream was lost and is not there again yet. */
  readonly isBroken: () => boolean;
  readonly subscribe: (changed: () => void) => () => void;
  /** Begins to listen; the returned function ends all of it. */
  readonly start: () => () => void;
};

const Topic = z.object({
  key: z.string(),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
const Said = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("want"), tab: z.string(), topics: z.array(Topic) }),
  z.object({ kind: z.literal("gone"), tab: z.string() }),
  z.object({ kind: z.literal("lead") }),
  z.object({ kind: z.literal("told"), key: z.string(), message: LiveMessage }),
  z.object({ kind: z.literal("carries"), keys: z.array(z.string()), isBroken: z.boolean() }),
]);
type Said = z.infer<typeof Said>;

/** What tabs say to one another changes its name with its form: one that still runs an earlier release speaks with its like. */
const SPOKEN = "omniphi-live-2";
/** A look at another tab does not end the stream. */
const HIDDEN_GRACE_MS = 3_000;

type Followed = { readonly name: string; readonly input: LiveTopic["input"]; readers: LiveReader[] };

export function createLiveHub(browser: LiveBrowser, slug: string | null): LiveHub {
  const name = `${SPOKEN}:${slug ?? ""}`;
  const tab = crypto.randomUUID();
  const followed = new Map<string, Followed>();
  const hearers = new Set<() => void>();
  /** Topics whose whole state this tab needs, since what came does not fit to what it has. */
  const unfit = new Set<string>();
  /** Name of the state that the stream brought last, by topic. */
  const toldHashes = new Map<string, string>();
  /** Topics that showed something else than that at the last beat. */
  let differing = new Set<string>();
  let heardAtMs = 0;
  let carried: ReadonlySet<string> = new Set();
  let isBroken = false;
  let channel: LiveChannel | undefined;
  let holder: ReturnType<typeof createStreamHolder> | undefined;
  let active: AbortController | undefined;
  let isWantDue = false;

  const changed = () => {
    for (const hear of [...hearers]) hear();
  };
  const hashOf = (key: string, { readers }: Followed): string => {
    const held = unfit.has(key) ? undefined : readers[0]?.held();
    return held === undefined ? "" : stateHash(held);
  };
  const topics = (): LiveTopic[] =>
    [...followed].map(([key, one]) => ({ key, name: one.name, input: one.input, hash: hashOf(key, one) }));

  function say(said: Said): void {
    channel?.post(said);
    hear(said);
  }
  function want(): void {
    if (!active || isWantDue) return;
    isWantDue = true;
    // What a page's parts follow in one go is said in one go.
    queueMicrotask(() => {
      isWantDue = false;
      if (active) say({ kind: "want", tab, topics: topics() });
    });
  }

  function take(key: string, message: LiveMessage): void {
    const reader = followed.get(key)?.readers[0];
    if (!reader) return;
    if ("code" in message) {
      toldHashes.delete(key);
      reader.fail();
      return;
    }
    toldHashes.set(key, message.hash);
    const held = reader.held();
    const next = "state" in message ? message.state : nextOf(held, message);
    // The page may have read it by itself meanwhile.
    if (next === held && next !== undefined) return;
    if (next === undefined) {
      unfit.add(key);
      want();
    } else {
      unfit.delete(key);
      reader.take(next);
    }
  }

  /** Says which topics are carried; tabs that stay as they were draw nothing. */
  function carry(keys: readonly string[], broken: boolean): void {
    const isSame = broken === isBroken && keys.length === carried.size && keys.every((key) => carried.has(key));
    carried = new Set(keys);
    isBroken = broken;
    if (!isSame) changed();
  }

  /** With each beat: whether somebody still holds the stream, and whether what is shown is what it brought. */
  function check(): void {
    if (Date.now() - heardAtMs >= SILENT_AFTER_MS) carry([], isBroken);
    const now = new Set<string>();
    for (const [key, one] of followed) {
      const told = toldHashes.get(key);
      if (told !== undefined && carried.has(key) && !unfit.has(key) && hashOf(key, one) !== told) now.add(key);
    }
    // A newer answer than the stream's is overtaken by it before the next beat; what differs still is an older one.
    const lasting = [...now].filter((key) => differing.has(key));
    differing = now;
    if (lasting.length === 0) return;
    for (const key of lasting) unfit.add(key);
    want();
  }

  function hear(said: Said): void {
    if (said.kind === "told" || said.kind === "carries" || said.kind === "lead") heardAtMs = Date.now();
    switch (said.kind) {
      case "want":
        holder?.want(said.tab, said.topics);
        if (holder && said.tab !== tab) dropWhenDead(said.tab);
        break;
      case "gone":
        holder?.drop(said.tab);
        break;
      case "lead":
        want();
        break;
      case "told":
        take(said.key, said.message);
        break;
      case "carries":
        carry(said.keys, said.isBroken);
    }
  }

  const watched = new Set<string>();
  /** Every tab that is seen has a lock of its own; who gets it after that tab knows that it is no more. */
  function dropWhenDead(other: string): void {
    if (!active || watched.has(other)) return;
    watched.add(other);
    const gone = async () => {
      watched.delete(other);
      holder?.drop(other);
    };
    browser.withLock?.(`${name}:${other}`, active.signal, gone).catch(() => watched.delete(other));
  }

  const lead = () => {
    holder = createStreamHolder(browser, slug, {
      told: (key, message) => say({ kind: "told", key, message }),
      carries: (keys, broken) => say({ kind: "carries", keys: [...keys], isBroken: broken }),
    });
    say({ kind: "lead" });
  };
  const untilAborted = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });

  function show(): void {
    if (active) return;
    active = new AbortController();
    const { signal } = active;
    heardAtMs = Date.now();
    const checking = setInterval(check, LIVE_BEAT_MS);
    signal.addEventListener("abort", () => clearInterval(checking), { once: true });
    channel =
      browser.withLock &&
      browser.channel(name, (message) => {
        const said = Said.safeParse(message);
        if (said.success) hear(said.data);
      });
    const holdOwn = () => untilAborted(signal);
    browser.withLock?.(`${name}:${tab}`, signal, holdOwn).catch(() => {});
    if (!browser.withLock) {
      lead();
      return;
    }
    const holdStream = async () => {
      if (signal.aborted) return;
      lead();
      await untilAborted(signal);
    };
    browser.withLock(name, signal, holdStream).catch(() => {});
    want();
  }
  function hide(): void {
    if (!active) return;
    say({ kind: "gone", tab });
    holder?.close();
    holder = undefined;
    active.abort();
    active = undefined;
    watched.clear();
    channel?.close();
    channel = undefined;
    toldHashes.clear();
    differing.clear();
    carry([], false);
  }

  return {
    follow: (readName, input, reader) => {
      const key = topicKey(readName, input);
      const one = followed.get(key) ?? { name: readName, input, readers: [] };
      followed.set(key, one);
      one.readers = [...one.readers, reader];
      if (one.readers.length === 1) want();
      return () => {
        one.readers = one.readers.filter((other) => other !== reader);
        if (one.readers.length > 0) return;
        followed.delete(key);
        unfit.delete(key);
        toldHashes.delete(key);
        want();
      };
    },
    isLive: (key) => carried.has(key),
    isBroken: () => isBroken,
    subscribe: (hearer) => {
      hearers.add(hearer);
      return () => hearers.delete(hearer);
    },
    start: () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = () => {
        clearTimeout(timer);
        if (browser.isVisible()) show();
        else timer = setTimeout(hide, HIDDEN_GRACE_MS);
      };
      const stop = browser.onVisibility(look);
      look();
      return () => {
        clearTimeout(timer);
        stop();
        hide();
      };
    },
  };
}

/** The state after the steps, where there are any: the held one where it is that already, nothing where they do not fit to it. */
function nextOf(
  held: JsonValue | undefined,
  message: { readonly hash: string } | { readonly hash: string; readonly patch: StatePatch },
): JsonValue | undefined {
  if (held === undefined) return undefined;
  if (stateHash(held) === message.hash) return held;
  if (!("patch" in message)) return undefined;
  try {
    const next = patched(held, message.patch);
    return stateHash(next) === message.hash ? next : undefined;
  } catch {
    return undefined;
  }
}
