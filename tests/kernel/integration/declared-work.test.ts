import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { outboxEvents, workRuns } from "@/db/schema/system";
import { conflict, upstreamUnavailable } from "@/server/kernel/errors";
import { defineEvent } from "@/server/kernel/events";
import { defineWork, type Failure, undoSteps } from "@/server/kernel/work/declare-work";
import { failWork, openStep } from "@/server/kernel/work/run-work";
import { sweepWork } from "@/server/kernel/work/sweep-work";
import { type PlayedClock, playRun } from "@/tests/support/play-work";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

const SCRATCH_WORK = "scratch.build";
const MINUTE_MS = 60_000;
/** What a real server was seen to give by default, and what declared work asks for. */
const FEW_ATTEMPTS = 4;
const MANY_ATTEMPTS = 21;

const wanted = defineEvent("scratch/house.wanted", z.strictObject({ houseId: z.string(), generation: z.int() }));
const data = { houseId: "house_1", generation: 1 };
const event = { name: wanted.name, data };

/** What the work has done to its one row, and how each step is to behave. */
let row: { isOpen: boolean; changedAt: Date; beganAt: Date };
let done: string[];
let failures: Failure[];
let behave: (step: string) => void;
let looksNeeded: number;
let clock: PlayedClock;

const step = (name: string) => ({
  run: async () => {
    behave(name);
    done.push(name);
    return { kept: `${name} of it` };
  },
});
const words = (id: "dig" | "build" | "dry" | "hand-over") => ({ id, title: id, sentence: id, percentWhenDone: 100 });
const build = defineWork()({
  id: SCRATCH_WORK,
  on: [wanted],
  subject: "houseId",
  generation: "generation",
  words: [words("dig"), words("build"), words("dry"), words("hand-over")],
  steps: {
    dig: { ...step("dig"), undo: { id: "fill-in", ...step("fill-in") } },
    build: { ...step("build"), undo: { id: "pull-down", ...step("pull-down") } },
    dry: {
      run: async () => {
        done.push("dry");
        return { isWaiting: done.filter((name) => name === "dry").length < looksNeeded };
      },
      look: { everyMs: MINUTE_MS, forMinutes: 5 },
      undo: { id: "pull-down", ...step("pull-down") },
    },
    "hand-over": {
      run: async (_ctx, { isLate, kept }) => {
        behave("hand-over");
        done.push(isLate ? "hand-over late" : `hand-over after ${kept.build}`);
        row.isOpen = false;
        return {};
      },
    },
  },
  concurrency: { oneAtATimeBy: "houseId" },
  tries: 3,
  limit: { minutes: 90, failure: { code: "scratch.late", message: "It took too long." } },
  open: async () => {
    if (!row.isOpen) throw conflict("scratch.superseded", "Nobody wants it any more.");
    row.changedAt = new Date(clock.nowMs);
  },
  fail: async (_ctx, _at, failure) => {
    failures.push(failure);
    row.isOpen = false;
  },
  stalled: async (_db, { afterId }) =>
    row.isOpen && afterId === "" ? [{ id: "house_1", event: wanted, data, ...row }] : [],
});

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime?.close());
beforeEach(async () => {
  await runtime.db.delete(workRuns);
  await runtime.db.delete(outboxEvents);
  clock = { nowMs: Date.parse("2026-01-01T00:00:00Z") };
  row = { isOpen: true, changedAt: new Date(clock.nowMs), beganAt: new Date(clock.nowMs) };
  [done, failures, looksNeeded, behave] = [[], [], 1, () => {}];
});

const context = (now: () => Date) => runtime.ctx({ now });
const play = (runId: string, server: { attempts: number; isAway?: (nowMs: number) => boolean }) =>
  playRun(build, { clock, context, ...server }, { runId, ...event });
const sweep = async () => sweepWork(build, await context(() => new Date(clock.nowMs)));
const resent = async () => runtime.db.select().from(outboxEvents).where(eq(outboxEvents.name, wanted.name));
const at = (runId: string) => ({ event: wanted.name, data, runId, isLate: false, kept: {} });
const WHOLE = ["dig", "build", "dry", "hand-over after build of it"];

describe("a web process that is away", () => {
  it("for three minutes costs the work time only: the same run goes on, and nothing has failed", async () => {
    const [from, until] = [clock.nowMs, clock.nowMs + 3 * MINUTE_MS];
    const isAway = (nowMs: number) => done.includes("dig") && nowMs >= from && nowMs < until;
    expect(await play("run_1", { attempts: MANY_ATTEMPTS, isAway })).toBe("ended");
    expect([done, failures]).toEqual([WHOLE, []]);
    expect(await runtime.db.select().from(workRuns)).toEqual([]);
  });

  it("for longer than its run lives fails nothing either: the sweep sends for another run, once, which does the rest", async () => {
    const until = clock.nowMs + 3 * MINUTE_MS;
    const isAway = (nowMs: number) => done.includes("dig") && nowMs < until;
    expect(await play("run_1", { attempts: FEW_ATTEMPTS, isAway })).toBe("died");
    expect([done, failures, row.isOpen]).toEqual([["dig"], [], true]);
    clock.nowMs = until + 2 * MINUTE_MS;
    expect(await sweep()).toEqual({ overdue: 0, resent: 1 });
    expect(await sweep()).toEqual({ overdue: 0, resent: 0 });
    expect((await resent()).map(({ payload }) => payload)).toEqual([data]);

    expect(await play("run_2", { attempts: FEW_ATTEMPTS })).toBe("ended");
    expect([done, failures]).toEqual([["dig", ...WHOLE], []]);
    clock.nowMs += 10 * MINUTE_MS;
    expect(await sweep()).toEqual({ overdue: 0, resent: 0 });
  });

  it("when a step was done and its answer lost has the step done again, by the same run", async () => {
    const isAnswerLost = (name: string, attempt: number) => name === "build" && attempt < 3;
    const server = { clock, context, attempts: MANY_ATTEMPTS, isAnswerLost };
    expect(await playRun(build, server, { runId: "run_1", ...event })).toBe("ended");
    expect(done).toEqual(["dig", "build", "build", "build", "dry", "hand-over after build of it"]);
  });
});

describe("a run that was overtaken", () => {
  it("neither acts nor fails the work of the one that has it now", async () => {
    const ctx = await context(() => new Date(clock.nowMs));
    await openStep(build, ctx, at("run_1"), "dig");
    clock.nowMs += 4 * MINUTE_MS;
    await openStep(build, ctx, at("run_2"), "dig");
    await failWork(build, ctx, at("run_1"), { code: "scratch.gone", message: "It went away." });
    expect([failures, row.isOpen]).toEqual([[], true]);
    expect(await play("run_1", { attempts: MANY_ATTEMPTS })).toBe("ended");
    expect([done, failures]).toEqual([[], []]);
    expect(await play("run_2", { attempts: MANY_ATTEMPTS })).toBe("ended");
    expect(done).toEqual(WHOLE);
  });

  it("by a newer generation stops at once, however lately it was heard of", async () => {
    const ctx = await context(() => new Date(clock.nowMs));
    await openStep(build, ctx, at("run_1"), "dig");
    const newer = { ...at("run_2"), data: { ...data, generation: 2 } };
    await openStep(build, ctx, newer, "dig");
    await expect(openStep(build, ctx, at("run_1"), "dig")).rejects.toMatchObject({ code: "kernel.superseded" });
  });
});

describe("a step that fails", () => {
  it("is begun as often as its work allows, then fails it with its own sentence", async () => {
    behave = (name) => {
      if (name === "build") throw upstreamUnavailable("scratch.no_bricks", "There are no bricks.");
    };
    const begun: string[] = [];
    const before = behave;
    behave = (name) => {
      begun.push(name);
      before(name);
    };
    expect(await play("run_1", { attempts: MANY_ATTEMPTS })).toBe("ended");
    expect(begun.filter((name) => name === "build")).toHaveLength(3);
    expect(failures).toEqual([{ code: "scratch.no_bricks", message: "There are no bricks." }]);
    expect(await runtime.db.select().from(workRuns)).toEqual([]);
  });

  it("by what nobody foresaw says that in the one sentence for it", async () => {
    behave = () => {
      throw new TypeError("x is not a function");
    };
    await play("run_1", { attempts: MANY_ATTEMPTS });
    expect(failures).toEqual([{ code: "kernel.unexpected", message: expect.stringContaining("not foreseen") }]);
  });
});

describe("a step that waits", () => {
  it("is looked at again until it is there", async () => {
    looksNeeded = 4;
    await play("run_1", { attempts: FEW_ATTEMPTS });
    expect(done).toEqual(["dig", "build", "dry", "dry", "dry", "dry", "hand-over after build of it"]);
  });

  it("is not waited for for ever, and what follows knows it", async () => {
    looksNeeded = 99;
    await play("run_1", { attempts: FEW_ATTEMPTS });
    expect(done.filter((name) => name === "dry")).toHaveLength(5);
    expect(done.at(-1)).toBe("hand-over late");
  });
});

describe("a sweep", () => {
  it("leaves alone what was heard of, and fails what is over its limit with the work's own sentence", async () => {
    clock.nowMs += 2 * MINUTE_MS;
    expect(await sweep()).toEqual({ overdue: 0, resent: 0 });
    clock.nowMs += 89 * MINUTE_MS;
    expect(await sweep()).toEqual({ overdue: 1, resent: 0 });
    expect(failures).toEqual([{ code: "scratch.late", message: "It took too long." }]);
  });
});

describe("compensation", () => {
  it("is what the steps declare, the last one first, and each once", () => {
    expect(undoSteps(Object.values(build.steps)).map(({ id }) => id)).toEqual(["pull-down", "fill-in"]);
  });
});
