import { describe, expect, it } from "vitest";
import { downloadResponse, fileHeaders } from "./download-response";

/** A source that counts what is asked of it, and hangs before the chunk `hangsAt`. */
function source(chunks: readonly (string | Error)[], hangsAt = Number.POSITIVE_INFINITY) {
  const facts = { asked: 0, returned: 0 };
  const iterable: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const chunk = chunks[facts.asked];
        facts.asked += 1;
        if (facts.asked > hangsAt) return new Promise(() => {});
        if (chunk instanceof Error) throw chunk;
        return chunk === undefined ? { done: true, value: undefined } : { done: false, value: chunk };
      },
      return: async () => {
        facts.returned += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  return { iterable, facts };
}

async function open(
  { iterable }: ReturnType<typeof source>,
  options: Partial<Parameters<typeof downloadResponse>[0]> = {},
) {
  const client = new AbortController();
  const ended: unknown[] = [];
  const response = await downloadResponse({
    chunks: iterable,
    headers: fileHeaders("text/csv", "a.csv"),
    signal: client.signal,
    isStillAllowed: async () => true,
    onEnd: (failure) => ended.push(failure),
    ...options,
  });
  return { client, ended, response };
}

describe("a download", () => {
  it("is the source's chunks in order, and ends once with it", async () => {
    const { response, ended } = await open(source(["a", "bé", "c"]));
    expect(await response.text()).toBe("abéc");
    expect(ended).toEqual([undefined]);
  });

  it("reads no further ahead than the client takes", async () => {
    const chunks = source(Array.from({ length: 100 }, String));
    const { response } = await open(chunks);
    await response.body?.getReader().read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(chunks.facts.asked).toBeLessThan(5);
  });

  it("fails before its head where its source fails at once", async () => {
    await expect(open(source([new Error("no database")]))).rejects.toThrow("no database");
  });

  it("breaks off where its source fails later, so that a part passes for no whole", async () => {
    const failure = new Error("gone");
    const { response, ended } = await open(source(["a", failure]));
    await expect(response.text()).rejects.toThrow("gone");
    expect(ended).toEqual([failure]);
  });

  it("lets go of the source when the client leaves, whatever it waits for", async () => {
    const chunks = source(["a", "b"], 1);
    const { response, client, ended } = await open(chunks);
    const reader = response.body?.getReader();
    await reader?.read();
    const next = reader?.read();
    client.abort();
    expect(await next).toMatchObject({ done: true });
    expect([chunks.facts.returned, ended]).toEqual([1, [undefined]]);
  });

  it("lets go of the source when nobody wants the body", async () => {
    const chunks = source(["a", "b"]);
    const { response, ended } = await open(chunks);
    await response.body?.cancel();
    expect([chunks.facts.returned, ended]).toEqual([1, [undefined]]);
  });

  it("breaks off when the permission goes", async () => {
    const { response, ended } = await open(source(["a", "b"]), { recheckMs: 0, isStillAllowed: async () => false });
    await expect(response.text()).rejects.toThrow("may not do so any more");
    expect(ended).toHaveLength(1);
  });

  it("is cut off after its longest time, even where nobody reads", async () => {
    const { response, ended } = await open(source(["a", "b"], 1), { maxDurationMs: 10 });
    await expect(response.text()).rejects.toThrow("took too long");
    expect(ended).toHaveLength(1);
  });
});

describe("a file's name", () => {
  it.each([
    ["audit-log.csv", "audit-log.csv"],
    ['a"; filename="b.exe', "a-filename-b.exe"],
    ["a\r\nset-cookie: b", "a-set-cookie-b"],
    ["../../etc/passwd", "etc-passwd"],
    ["…", "download"],
  ])("%j is kept as %j", (given, kept) => {
    expect(fileHeaders("text/csv", given)["content-disposition"]).toBe(`attachment; filename="${kept}"`);
  });
});
