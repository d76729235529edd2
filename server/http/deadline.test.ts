import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DEADLINE_MS, withinDeadline } from "./deadline";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const later = <Out>(ms: number, end: () => Out) =>
  new Promise<Out>((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(end());
      } catch (thrown) {
        reject(thrown);
      }
    }, ms);
  });

describe("a deadline", () => {
  it("lets an answer through that comes in time, and leaves no timer behind", async () => {
    const answer = withinDeadline(later(DEADLINE_MS - 1, () => "here"));
    await vi.advanceTimersByTimeAsync(DEADLINE_MS - 1);
    expect(await answer).toBe("here");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets a failure through as it is", async () => {
    const failure = new Error("broken");
    const answer = withinDeadline(Promise.reject(failure));
    await expect(answer).rejects.toBe(failure);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gives up an answer that does not come, and hears of no later failure", async () => {
    const answer = withinDeadline(
      later(DEADLINE_MS + 1, () => {
        throw new Error("later");
      }),
    );
    const told = expect(answer).rejects.toMatchObject({
      kind: "upstream_unavailable",
      code: "http.deadline_exceeded",
      retryAfterSeconds: 5,
    });
    await vi.advanceTimersByTimeAsync(DEADLINE_MS + 2);
    await told;
  });

  it("hands over what comes too late, and nothing that comes in time or fails", async () => {
    const abandoned: string[] = [];
    const abandon = (out: string) => abandoned.push(out);
    const inTime = withinDeadline(
      later(1, () => "in time"),
      DEADLINE_MS,
      abandon,
    );
    const late = withinDeadline(
      later(DEADLINE_MS + 1, () => "late"),
      DEADLINE_MS,
      abandon,
    );
    const failing = withinDeadline(
      later<string>(DEADLINE_MS + 1, () => {
        throw new Error("later");
      }),
      DEADLINE_MS,
      abandon,
    );
    const told = Promise.all([expect(late).rejects.toThrow("too long"), expect(failing).rejects.toThrow("too long")]);
    await vi.advanceTimersByTimeAsync(DEADLINE_MS + 2);
    await told;
    expect([await inTime, abandoned]).toEqual(["in time", ["late"]]);
  });
});
