import { afterEach, describe, expect, it } from "vitest";
import { keepRegistered } from "@/inngest/keep-registered";
import { createMemoryLogger } from "../../support/engine/memory-logger";
import { until } from "../../support/engine/until";

const stop = new AbortController();
afterEach(() => stop.abort());

describe("a web process beside a real Inngest server", () => {
  it("registers until it is taken, then rests, and registers again only while no scheduled job comes", async () => {
    const answers: (string | null | Error)[] = [new Error("connect ECONNREFUSED"), "500: starting", null, null];
    const tried: number[] = [];
    let isSilent = false;
    let looks = 0;
    const logger = createMemoryLogger();
    const done = keepRegistered({
      register: async () => {
        tried.push(performance.now());
        const answer = answers.shift() ?? null;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      isSilent: async () => {
        looks += 1;
        return isSilent;
      },
      logger,
      signal: stop.signal,
      pace: { firstPauseMs: 20, longestPauseMs: 100, lookEveryMs: 20 },
    });
    await until("three looks", () => (looks >= 3 ? true : undefined));
    expect(tried).toHaveLength(3);
    isSilent = true;
    await until("another registration", () => (tried.length >= 4 ? true : undefined));
    stop.abort();
    await done;
    const said = logger.lines.map(({ event, fields }) => [event, Reflect.get(Object(fields), "reason")]);
    expect(said.slice(0, 3)).toEqual([
      ["jobs.functions.not_registered", "Error: connect ECONNREFUSED"],
      ["jobs.functions.not_registered", "500: starting"],
      ["jobs.functions.registered", undefined],
    ]);
  });
});
