import { describe, expect, it } from "vitest";
import { compileFunction, RefusedRegistration } from "./compile-function";

const url = "http://127.0.0.1:3000/api/inngest?fnId=app-f&stepId=step";
const described = ({ retries, ...options }: Record<string, unknown> = {}) => ({
  id: "app-f",
  name: "f",
  triggers: [{ event: "t/f" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url }, retries } },
  ...options,
});

describe("compileFunction", () => {
  it("reads every option that the engine implements", () => {
    const config = compileFunction(
      described({
        retries: { attempts: 0 },
        concurrency: [{ limit: 2, key: "event.data.k", scope: "account" }],
        cancel: [{ event: "t/stop", if: "event.data.k == async.data.k", timeout: "1h" }],
        debounce: { period: "1s", key: "event.data.k", timeout: "10s" },
        rateLimit: { limit: 1, period: "10s" },
        throttle: { limit: 1, period: "1s", burst: 3 },
        priority: { run: "event.data.p" },
        idempotency: "event.data.k",
        timeouts: { start: "10s", finish: "2s" },
      }),
    );
    expect(config).toMatchObject({
      id: "app-f",
      url,
      maxAttempts: 1,
      concurrency: [{ limit: 2, scope: "account", key: { source: "event.data.k" } }],
      debounce: { periodMs: 1_000, timeoutMs: 10_000 },
      rateLimit: { limit: 1, periodMs: 10_000 },
      throttle: { rule: { limit: 1, periodMs: 1_000, burst: 3 } },
      startTimeoutMs: 10_000,
      finishTimeoutMs: 2_000,
    });
  });

  it("takes the three shapes of concurrency, and 0 as no limit", () => {
    expect(compileFunction(described({ concurrency: 3 })).concurrency).toMatchObject([{ limit: 3, scope: "fn" }]);
    expect(compileFunction(described({ concurrency: { limit: 3 } })).concurrency).toMatchObject([{ limit: 3 }]);
    expect(compileFunction(described({ concurrency: 0 })).concurrency).toEqual([]);
    expect(compileFunction(described()).maxAttempts).toBe(5);
  });

  it.each([
    [{ batchEvents: { maxSize: 5, timeout: "1s" } }, "the option batchEvents is not implemented"],
    [{ singleton: { mode: "skip" } }, "the option singleton is not implemented"],
    [{ somethingNew: 1 }, "the option somethingNew is not implemented"],
    [{ throttle: { limit: 1, period: "1s", jitter: "1s" } }, "the option throttle.jitter is not implemented"],
    [{ triggers: [{ cron: "* * * * *", jitter: "1s" }] }, "triggers.0"],
    [{ triggers: [{ cron: "* * *" }] }, 'of the cron "* * *", it needs exactly five fields'],
    [{ triggers: [{ event: "t/*" }] }, 'the event pattern "t/*" is not implemented'],
    [
      { triggers: [{ event: "t/f", expression: "event.data.k.startsWith('a')" }] },
      "in a trigger's if, of \"event.data.k.startsWith('a')\", the function .startsWith() at position 13 is not implemented",
    ],
    [{ concurrency: [{ limit: 1, key: "async.data.k" }] }, '"async" at position 0 is not known here'],
    [{ debounce: { period: "soon" } }, 'debounce.period "soon" is not a duration'],
    [
      { cancel: [{ event: "t/stop", timeout: "soon" }] },
      'cancelOn timeout "soon" is neither a duration nor an instant',
    ],
    [{ concurrency: [{ limit: 1 }, { limit: 1 }, { limit: 1 }] }, "concurrency"],
    [{ retries: { attempts: -1 } }, "steps.step.retries.attempts"],
  ])("refuses %j in one sentence that names the function", (options, message) => {
    const attempt = () => compileFunction(described(options));
    expect(attempt).toThrow(RefusedRegistration);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/^Function "app-f" cannot run on the embedded engine: .*\.$/);
  });
});
