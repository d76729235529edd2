import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JsonValue } from "@/lib/live/json-value";
import { stateHash } from "@/lib/live/state-hash";
import type { LiveBrowser, SourceHearers } from "./live-browser";
import { createLiveHub } from "./live-hub";
import { topicKey } from "./live-topic";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Source = SourceHearers & { readonly topics: [string, Record<string, unknown>, string][]; isOpen: boolean };

/** A browser with tabs, whose locks and channels are shared and whose streams are fed by hand. */
function browser() {
  const sources: Source[] = [];
  const locks = new Map<string, (() => void)[]>();
  const channels = new Map<string, Set<(message: unknown) => void>>();

  const grant = (name: string) => locks.get(name)?.[0]?.();
  const withLock = (name: string, signal: AbortSignal, hold: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const queue = locks.get(name) ?? [];
      locks.set(name, queue);
      let isHeld = false;
      const take = () => {
        isHeld = true;
        void hold().then(() => {
          queue.splice(queue.indexOf(take), 1);
          grant(name);
          resolve();
        });
      };
      queue.push(take);
      signal.addEventListener("abort", () => {
        if (isHeld) return;
        queue.splice(queue.indexOf(take), 1);
        reject(new Error("aborted"));
      });
      if (queue.length === 1) queueMicrotask(take);
    });

  function tab(state: Record<string, JsonValue | undefined>) {
    let isVisible = true;
    let isDead = false;
    let onChange = () => {};
    const place: LiveBrowser = {
      open: (url, hearers) => {
        const topics = JSON.parse(new URLSearchParams(url.split("?")[1]).get("reads") ?? "[]");
        const source: Source = { ...hearers, topics, isOpen: true };
        sources.push(source);
        return {
          close: () => {
            source.isOpen = false;
          },
        };
      },
      withLock,
      channel: (name, hear) => {
        const all = channels.get(name) ?? new Set();
        channels.set(name, all);
        const own = (message: unknown) => {
          if (!isDead) hear(message);
        };
        all.add(own);
        return {
          post: (message) => {
            if (isDead) return;
            for (const other of all) if (other !== own) queueMicrotask(() => other(structuredClone(message)));
          },
          close: () => all.delete(own),
        };
      },
      isVisible: () => isVisible,
      onVisibility: (changed) => {
        onChange = changed;
        return () => {};
      },
    };
    const hub = createLiveHub(place, "acme");
    let failures = 0;
    const follow = (name: string) =>
      hub.follow(
        name,
        {},
        {
          held: () => state[name],
          take: (next) => {
            state[name] = next;
          },
          fail: () => {
            failures += 1;
          },
        },
      );
    const stop = hub.start();
    return {
      hub,
      state,
      follow,
      stop,
      failures: () => failures,
      /** It hangs: nothing that it hears or does reaches anybody, and its locks stay with it. */
      hang: () => {
        isDead = true;
      },
      show: (visible: boolean) => {
        isVisible = visible;
        onChange();
      },
      isLive: (name: string) => hub.isLive(topicKey(name, {})),
    };
  }
  const openSources = () => sources.filter(({ isOpen }) => isOpen);
  const only = (): Source => {
    const [source, ...others] = openSources();
    if (!source || others.length > 0) throw new Error(`${openSources().length} streams are open`);
    return source;
  };
  const tell = (...messages: unknown[]) => only().onMessage(JSON.stringify(messages));
  /** The stream says of each topic that what its client holds is still so, as a server does that reads nothing new. */
  const open = () => {
    const source = only();
    source.onOpen();
    for (const [topic, [, , hash]] of source.topics.entries()) {
      source.onMessage(JSON.stringify([hash === "" ? { topic, hash: stateHash(0), state: 0 } : { topic, hash }]));
    }
  };
  /** Time in which the stream beats as it should. */
  const beating = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 5) {
      for (const source of openSources()) source.onBeat();
      await vi.advanceTimersByTimeAsync(5_000);
    }
  };
  return { tab, sources, openSources, only, tell, open, beating };
}

const settle = () => vi.advanceTimersByTimeAsync(200);

describe("the live stream of a browser", () => {
  it("is one for nine tabs, with what any of them wants", async () => {
    const { tab, only, tell } = browser();
    const tabs = Array.from({ length: 9 }, () => tab({}));
    for (const [place, one] of tabs.entries()) {
      one.follow("chain.status");
      one.follow(`page.${place}`);
    }
    await settle();
    expect(
      only()
        .topics.map(([name]) => name)
        .sort(),
    ).toEqual(["chain.status", ...Array.from({ length: 9 }, (_, place) => `page.${place}`)].sort());
    only().onOpen();
    tell({ topic: only().topics.findIndex(([name]) => name === "chain.status"), hash: stateHash(7), state: 7 });
    await settle();
    expect(tabs.map(({ state, isLive }) => [state["chain.status"], isLive("chain.status")])).toEqual(
      Array.from({ length: 9 }, () => [7, true]),
    );
  });

  it("passes to a tab that is seen when its holder is hidden, and ends with the last one", async () => {
    const { tab, only, openSources } = browser();
    const [first, second] = [tab({}), tab({})];
    first.follow("a");
    second.follow("b");
    await settle();
    first.show(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(only().topics.map(([name]) => name)).toEqual(["b"]);
    second.show(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(openSources()).toEqual([]);
    first.show(true);
    await settle();
    expect(only().topics.map(([name]) => name)).toEqual(["a"]);
  });

  it("stays through a short look at another tab", async () => {
    const { tab, sources, beating } = browser();
    const one = tab({});
    one.follow("a");
    await settle();
    one.show(false);
    await vi.advanceTimersByTimeAsync(1_000);
    one.show(true);
    await beating(60);
    expect(sources).toHaveLength(1);
  });

  it("asks for what differs from what is shown, and for all of it where tabs show different states", async () => {
    const { tab, only } = browser();
    const held = { cells: [1, 2] };
    const first = tab({ grid: held });
    first.follow("grid");
    await settle();
    expect(only().topics).toEqual([["grid", {}, stateHash(held)]]);
    const second = tab({ grid: { cells: [1] } });
    second.follow("grid");
    await settle();
    expect(only().topics).toEqual([["grid", {}, ""]]);
  });

  it("takes steps where they fit, leaves what the page read by itself, and asks anew for what does not fit", async () => {
    const { tab, only, tell } = browser();
    const one = tab({ grid: { cells: [1, 2] } });
    one.follow("grid");
    await settle();
    only().onOpen();
    const next = { cells: [2, 3] };
    const step = {
      topic: 0,
      hash: stateHash(next),
      patch: [["shift", ["cells"], 1, [3]]],
    };
    tell(step);
    expect(one.state.grid).toEqual(next);
    tell(step);
    expect(one.state.grid).toEqual(next);
    await settle();
    tell({ ...step, hash: "another" });
    await settle();
    expect(one.state.grid).toEqual(next);
    expect(only().topics).toEqual([["grid", {}, ""]]);
  });

  it("leaves to the page what cannot be followed, and comes back by itself after a refusal", async () => {
    const { tab, only, tell, open, openSources } = browser();
    const one = tab({});
    one.follow("a");
    one.follow("b");
    await settle();
    only().onOpen();
    tell({ topic: 0, code: "x.not_found", isOver: false });
    tell({ topic: 1, hash: stateHash(2), state: 2 });
    expect([one.isLive("a"), one.isLive("b"), one.failures()]).toEqual([false, true, 1]);
    only().onError();
    expect([one.isLive("b"), one.hub.isBroken()]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(openSources()).toHaveLength(1);
    open();
    expect([one.isLive("b"), one.hub.isBroken()]).toEqual([true, false]);
  });

  it("takes all that one event brings, and names what it holds then when it broke off", async () => {
    const { tab, only, tell } = browser();
    const one = tab({ a: 1, b: 1 });
    one.follow("a");
    one.follow("b");
    one.follow("c");
    await settle();
    only().onOpen();
    tell(
      { topic: 0, hash: stateHash(2), patch: [["set", [], 2]] },
      { topic: 1, hash: stateHash(1) },
      { topic: 2, code: "x.not_found", isOver: false },
    );
    expect([one.state, one.isLive("a"), one.isLive("b"), one.isLive("c")]).toEqual([{ a: 2, b: 1 }, true, true, false]);
    only().onError();
    expect([one.isLive("a"), one.hub.isBroken()]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(only().topics).toEqual([
      ["a", {}, stateHash(2)],
      ["b", {}, stateHash(1)],
      ["c", {}, ""],
    ]);
  });

  it("counts on no topic of which nothing has come, though the stream is open and others come", async () => {
    const { tab, only, tell, beating } = browser();
    const one = tab({});
    one.follow("a");
    one.follow("b");
    await settle();
    only().onOpen();
    tell({ topic: 1, hash: stateHash(2), state: 2 });
    await beating(60);
    expect([one.isLive("a"), one.isLive("b")]).toEqual([false, true]);
  });

  it("goes on counting on what it carried while it is opened anew, but not for long", async () => {
    const { tab, only, open, beating } = browser();
    const one = tab({});
    one.follow("a");
    await settle();
    open();
    one.follow("b");
    await settle();
    expect(only().topics).toHaveLength(2);
    only().onOpen();
    expect([one.isLive("a"), one.isLive("b")]).toEqual([true, false]);
    await beating(15);
    expect([one.isLive("a"), one.isLive("b")]).toEqual([false, false]);
  });

  it("takes a stream that is open and silent for dead, and opens it anew less and less often", async () => {
    const { tab, sources, openSources, open } = browser();
    const one = tab({});
    one.follow("a");
    await settle();
    open();
    expect(one.isLive("a")).toBe(true);
    await vi.advanceTimersByTimeAsync(25_500);
    expect([one.isLive("a"), one.hub.isBroken()]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(sources.length).toBeGreaterThan(4);
    expect(sources.length).toBeLessThan(10);
    // It waits a minute at most.
    for (let second = 0; second < 61 && openSources().length === 0; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
    }
    open();
    expect([one.isLive("a"), one.hub.isBroken()]).toEqual([true, false]);
  });

  it("is not counted on by tabs whose holder hangs", async () => {
    const { tab, open, beating } = browser();
    const [holder, other] = [tab({}), tab({})];
    other.follow("a");
    await settle();
    open();
    await settle();
    expect(other.isLive("a")).toBe(true);
    holder.hang();
    await beating(30);
    expect(other.isLive("a")).toBe(false);
  });

  it("goes to another tab when its holder is closed, which shows all that changed meanwhile", async () => {
    const { tab, only, open, tell } = browser();
    const [holder, other] = [tab({ a: 1 }), tab({ a: 1 })];
    holder.follow("a");
    other.follow("a");
    await settle();
    open();
    holder.stop();
    await settle();
    expect(only().topics).toEqual([["a", {}, stateHash(1)]]);
    only().onOpen();
    tell({ topic: 0, hash: stateHash(2), patch: [["set", [], 2]] });
    expect([other.state.a, other.isLive("a")]).toEqual([2, true]);
  });

  it("finds out that a late answer of the page's own put back what was before, and asks for the whole state", async () => {
    const { tab, only, open, tell, beating, sources } = browser();
    const one = tab({ a: 1 });
    one.follow("a");
    await settle();
    open();
    tell({ topic: 0, hash: stateHash(2), patch: [["set", [], 2]] });
    expect(one.state.a).toBe(2);
    one.state.a = 1;
    await beating(15);
    expect(only().topics).toEqual([["a", {}, ""]]);
    only().onOpen();
    tell({ topic: 0, hash: stateHash(2), state: 2 });
    const opened = sources.length;
    await beating(60);
    expect([one.state.a, sources.length]).toEqual([2, opened]);
  });

  it("ends when its tab ends, and what a page no longer follows leaves it", async () => {
    const { tab, only, openSources } = browser();
    const one = tab({});
    const stop = one.follow("a");
    one.follow("b");
    await settle();
    stop();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(only().topics.map(([name]) => name)).toEqual(["b"]);
    one.stop();
    expect(openSources()).toEqual([]);
  });
});
