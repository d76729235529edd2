import { describe, expect, it } from "vitest";
import { eventStreamResponse, formatEvent, type ServerSentEvent } from "./server-sent-events";

/** A source that is fed by hand. */
function hand() {
  const waiting: ((result: IteratorResult<ServerSentEvent>) => void)[] = [];
  const queue: ServerSentEvent[] = [];
  let returned = 0;
  let asked = 0;
  const events: AsyncIterable<ServerSentEvent> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        asked += 1;
        const value = queue.shift();
        return value ? Promise.resolve({ done: false, value }) : new Promise((resolve) => waiting.push(resolve));
      },
      return: async () => {
        returned += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  const give = (event: ServerSentEvent) => {
    const next = waiting.shift();
    if (next) next({ done: false, value: event });
    else queue.push(event);
  };
  return {
    events,
    give,
    end: () => waiting.shift()?.({ done: true, value: undefined }),
    facts: () => ({ returned, asked }),
  };
}

function open(options: Partial<Parameters<typeof eventStreamResponse>[0]> = {}) {
  const source = hand();
  const client = new AbortController();
  const ended: unknown[] = [];
  const response = eventStreamResponse({
    events: source.events,
    signal: client.signal,
    isStillAllowed: async () => true,
    onEnd: (failure) => ended.push(failure),
    ...options,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("no body");
  return { source, client, ended, response, reader, read: async () => (await reader.read()).value };
}

describe("an event stream", () => {
  it("tells the client when to come back, then gives events in order with their ids", async () => {
    const { source, read, response } = open();
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(await read()).toBe("retry: 1000\n\n");
    source.give({ id: "1", event: "step", data: { text: "a\nb" } });
    source.give({ id: "2", data: null });
    expect(await read()).toBe('id: 1\nevent: step\ndata: {"text":"a\\nb"}\n\n');
    expect(await read()).toBe("id: 2\ndata: null\n\n");
  });

  it("cannot be broken out of by an id or a name with line breaks", () => {
    expect(formatEvent({ id: "1\ndata: forged", event: "a\r\nb", data: "\r\n" })).toBe(
      'id: 1 data: forged\nevent: a  b\ndata: "\\r\\n"\n\n',
    );
  });

  it("beats while nothing happens", async () => {
    const { read } = open({ heartbeatMs: 5 });
    await read();
    expect(await read()).toBe(": alive\n\n");
    expect(await read()).toBe(": alive\n\n");
  });

  it("ends when the source ends", async () => {
    const { source, read, ended } = open();
    await read();
    const next = read();
    source.end();
    expect(await next).toBeUndefined();
    expect(ended).toEqual([undefined]);
  });

  it("lets go of the source when the client leaves", async () => {
    const { source, client, read, ended } = open();
    await read();
    const next = read();
    client.abort();
    expect(await next).toBeUndefined();
    expect(source.facts().returned).toBe(1);
    expect(ended).toEqual([undefined]);
  });

  it("ends soon after the permission goes", async () => {
    let isAllowed = true;
    const { read } = open({ recheckMs: 5, isStillAllowed: async () => isAllowed });
    await read();
    const next = read();
    isAllowed = false;
    expect(await next).toBeUndefined();
  });

  it("ends after its longest time, so that the client takes it up elsewhere", async () => {
    const { read } = open({ maxDurationMs: 10 });
    await read();
    expect(await read()).toBeUndefined();
  });

  it("reports a source that fails and ends without an event about it", async () => {
    const failure = new Error("gone");
    const { read, ended } = open({
      events: {
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure) }),
      },
    });
    await read();
    expect(await read()).toBeUndefined();
    expect(ended).toEqual([failure]);
  });

  it("reads no further ahead than one event when the client does not read", async () => {
    const { source, read } = open();
    for (let index = 0; index < 100; index += 1) source.give({ data: index });
    await read();
    await read();
    expect(source.facts().asked).toBeLessThan(6);
  });
});
