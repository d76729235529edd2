import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BEAT_EVENT } from "@/lib/live/live-limits";
import type { SentMessage } from "@/lib/live/live-message";
import { stateHash } from "@/lib/live/state-hash";
import { forbidden, notFound, upstreamUnavailable } from "@/server/kernel/errors";
import type { Following, StreamedEvent } from "@/server/kernel/publish";
import { followTopics } from "./follow-topics";
import { createKnownStates } from "./known-states";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const NEVER = () => new Promise<never>(() => {});

/** A client that takes what comes, and reads that are played. */
function stream(
  reads: Record<string, { read: () => Promise<unknown>; follow?: Following; held?: string }>,
  onFailure?: () => Promise<void>,
) {
  const client = new AbortController();
  const hearers = new Map<string, Set<(payload: string | null) => void>>();
  const counts = new Map<string, number>();
  const failures: string[] = [];
  const names = Object.keys(reads);
  const events = followTopics(
    Object.entries(reads).map(([name, { read, follow = { lookMs: 5_000 }, held = "" }]) => ({
      key: name,
      input: {},
      follow,
      isAbout: (payload) => payload === name,
      read: () => {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        return read();
      },
      heldHash: held,
    })),
    {
      known: createKnownStates(),
      hear: (channel, hear) => {
        const all = hearers.get(channel) ?? new Set();
        hearers.set(channel, all.add(hear));
        return () => all.delete(hear);
      },
      onFailure: onFailure ?? (async ({ key }, { code }) => void failures.push(`${key} ${code}`)),
      signal: client.signal,
    },
  );
  const taken: StreamedEvent[] = [];
  const take = async (count = Number.POSITIVE_INFINITY) => {
    for (let left = count; left > 0; left -= 1) {
      const { done, value } = await events.next();
      if (done) return;
      taken.push(value);
    }
  };
  return {
    events,
    take,
    /** Takes whatever comes until the client leaves. */
    takeAll: (): void => {
      take().catch((thrown: unknown) => failures.push(String(thrown)));
    },
    taken,
    failures,
    leave: () => client.abort(),
    hearing: () => [...hearers.values()].reduce((sum, all) => sum + all.size, 0),
    tell: (channel: string, payload: string | null) => {
      for (const hear of hearers.get(channel) ?? []) hear(payload);
    },
    looks: (name: string) => counts.get(name) ?? 0,
    of: (name: string) =>
      taken
        .filter(({ event }) => event !== BEAT_EVENT)
        .flatMap(({ data }) => data as readonly SentMessage[])
        .filter(({ topic }) => names[topic] === name),
  };
}

describe("a stream of several reads", () => {
  it("goes on with the others while any number of them hang, and says of those that they do not answer", async () => {
    let count = 0;
    const hanging = Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`hangs.${place}`, { read: NEVER }]));
    const all = stream({ ...hanging, quick: { read: async () => ++count, follow: { lookMs: 1_000 } } });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(all.of("quick").length).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(16_000);
    // One look a second, but for the first three seconds in which the twelve held their places.
    expect(all.of("quick").length).toBeGreaterThanOrEqual(16);
    for (const name of Object.keys(hanging)) {
      expect(all.of(name)).toMatchObject([{ code: "http.deadline_exceeded", isOver: false }]);
    }
    all.leave();
  });

  it("starves none where others are always due", async () => {
    const slow = () => new Promise((resolve) => setTimeout(() => resolve(Date.now()), 3_000));
    const busy = Object.fromEntries(
      Array.from({ length: 6 }, (_, place) => [`busy.${place}`, { read: slow, follow: { lookMs: 1_000 } }]),
    );
    const all = stream({ ...busy, last: { read: async () => Date.now(), follow: { lookMs: 2_000 } } });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(all.looks("last")).toBeGreaterThanOrEqual(8);
    all.leave();
  });

  it("asks what does not answer less and less often, also where it is told to have changed, and at once again when it does", async () => {
    let isUp = false;
    const follow = { lookMs: 2_000, gatherMs: 100, hears: { channel: "blocks" } };
    const all = stream({
      chain: {
        follow,
        read: async () => {
          if (!isUp) throw upstreamUnavailable("chain.unavailable", "The chain does not answer.");
          return 7;
        },
      },
    });
    all.takeAll();
    for (let second = 0; second < 120; second += 1) {
      all.tell("blocks", "chain");
      await vi.advanceTimersByTimeAsync(1_000);
    }
    // After 0, 5, 15, 35 and 75 seconds.
    expect(all.looks("chain")).toBe(5);
    expect(all.failures).toEqual(["chain chain.unavailable"]);
    isUp = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(all.of("chain").at(-1)).toMatchObject({ state: 7 });
    const looks = all.looks("chain");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(all.looks("chain")).toBeGreaterThanOrEqual(looks + 3);
    all.leave();
  });

  it("looks again when it is told, also where that came while it was being read", async () => {
    let state = "before";
    const follow = { lookMs: 60_000, gatherMs: 150, hears: { channel: "rows" } };
    const all = stream({
      row: {
        follow,
        read: async () => {
          const read = state;
          return new Promise((resolve) => setTimeout(() => resolve(read), 500));
        },
      },
    });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(100);
    state = "after";
    all.tell("rows", "another's");
    all.tell("rows", "row");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(all.of("row")).toMatchObject([{ state: "before" }, { state: "after" }]);
    expect(all.looks("row")).toBe(2);
    all.leave();
  });

  it("looks for what is not there when it is told, and for what is refused never again", async () => {
    let isThere = false;
    const follow = { lookMs: 5_000, hears: { channel: "rows" } };
    const all = stream({
      row: {
        follow,
        read: async () => {
          if (!isThere) throw notFound("x.not_found", "There is none.");
          return 1;
        },
      },
      locked: {
        follow,
        read: async () => {
          throw forbidden("x.forbidden", "Not yours.");
        },
      },
    });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(1_000);
    isThere = true;
    all.tell("rows", "row");
    all.tell("rows", null);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(all.of("row")).toMatchObject([{ code: "x.not_found", isOver: false }, { state: 1 }]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(all.of("locked")).toMatchObject([{ code: "x.forbidden", isOver: true }]);
    expect(all.looks("locked")).toBe(1);
    all.leave();
  });

  it("says once of what the client holds that it is still so, and beats while nothing changes", async () => {
    const all = stream({ grid: { read: async () => [1, 2], held: stateHash([1, 2]) } });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(60_500);
    expect(all.of("grid")).toEqual([{ topic: 0, hash: stateHash([1, 2]) }]);
    expect(all.taken.filter(({ event }) => event === BEAT_EVENT)).toHaveLength(12);
    all.leave();
  });

  it("sends what is found together as one event, and waits for a slow read only a little", async () => {
    const later = (value: string, ms: number) => () => new Promise((resolve) => setTimeout(() => resolve(value), ms));
    const all = stream({
      a: { read: later("a", 10) },
      b: { read: later("b", 90) },
      slow: { read: later("slow", 900) },
    });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(220);
    expect(all.taken).toEqual([
      {
        data: [
          { topic: 0, hash: stateHash("a"), state: "a" },
          { topic: 1, hash: stateHash("b"), state: "b" },
        ],
      },
    ]);
    await vi.advanceTimersByTimeAsync(690);
    expect(all.of("slow")).toHaveLength(1);
    all.leave();
  });

  it("looks at what is nearly due with what is due, so that both go on together", async () => {
    let count = 0;
    const read = async () => ++count;
    const hears = { channel: "blocks" };
    const all = stream({
      quick: { read, follow: { lookMs: 60_000, gatherMs: 2_000, hears } },
      // Due a little later each time.
      other: { read, follow: { lookMs: 60_000, gatherMs: 2_150, hears } },
      byTime: { read, follow: { lookMs: 6_100 } },
    });
    all.takeAll();
    for (let second = 0; second < 61; second += 1) {
      for (const name of ["quick", "other"]) all.tell("blocks", name);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect([all.looks("quick"), all.looks("other"), all.looks("byTime")]).toEqual([31, 31, 11]);
    expect(all.taken).toHaveLength(31);
    all.leave();
  });

  it("reads nothing ahead of a client that takes nothing, and ends with it", async () => {
    let count = 0;
    const follow = { lookMs: 1_000, hears: { channel: "rows" } };
    const all = stream({ a: { read: async () => ++count, follow }, b: { read: NEVER, follow } });
    const first = all.take(1);
    await vi.advanceTimersByTimeAsync(60_000);
    await first;
    expect(all.looks("a")).toBeLessThanOrEqual(2);
    expect(all.hearing()).toBe(2);
    all.leave();
    await all.take();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(all.hearing()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends with a client that leaves while it has an event to take", async () => {
    const all = stream({ a: { read: async () => 1, follow: { lookMs: 1_000, hears: { channel: "rows" } } } });
    const first = all.take(1);
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    all.leave();
    // As a response does whose body is cancelled.
    await all.events.return(undefined);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([all.hearing(), vi.getTimerCount()]).toEqual([0, 0]);
  });

  it("takes what cannot be written as JSON for a failure of that read alone", async () => {
    const all = stream({ a: { read: async () => BigInt(1) }, b: { read: async () => 1 } });
    all.takeAll();
    await vi.advanceTimersByTimeAsync(100);
    expect(all.of("a")).toMatchObject([{ isOver: false }]);
    expect(all.of("b")).toMatchObject([{ state: 1 }]);
    all.leave();
  });

  it("ends where a failure cannot be noted, so that the client opens it anew", async () => {
    const noFailure = async () => {
      throw new Error("the audit log is away");
    };
    const all = stream({ a: { read: () => Promise.reject(notFound("x.not_found", "None.")) } }, noFailure);
    await expect(all.take()).rejects.toThrow("the audit log is away");
  });
});
