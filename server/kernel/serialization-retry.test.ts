import { describe, expect, it } from "vitest";
import { isSerializationFailure, violatedUniqueIndex, withSerializationRetry } from "./serialization-retry";

const sqlError = (code: string, extra: object = {}) => Object.assign(new Error(code), { code, ...extra });
const wrapped = (cause: unknown, levels: number): unknown =>
  levels === 0 ? cause : new Error("Failed query", { cause: wrapped(cause, levels - 1) });

/** A transaction that loses `losses` times with that error and then returns its attempt. */
function transactionThatLoses(losses: number, thrown: unknown) {
  const calls = { count: 0 };
  const run = async () => {
    calls.count += 1;
    if (calls.count <= losses) throw thrown;
    return calls.count;
  };
  return { calls, run };
}

describe("withSerializationRetry", () => {
  it.each(["40001", "40P01"])("runs again after %s, as the driver or Drizzle wraps it", async (code) => {
    for (const levels of [0, 1, 2]) {
      const { run } = transactionThatLoses(2, wrapped(sqlError(code), levels));
      await expect(withSerializationRetry(run)).resolves.toBe(3);
    }
  });

  it("gives up at the fourth loss and throws it on", async () => {
    const lost = sqlError("40001");
    const { calls, run } = transactionThatLoses(Number.POSITIVE_INFINITY, lost);
    await expect(withSerializationRetry(run)).rejects.toBe(lost);
    expect(calls.count).toBe(4);
  });

  it.each([
    ["a refused row", sqlError("23505")],
    ["a lost connection, after which nobody knows whether it committed", sqlError("CONNECTION_CLOSED")],
    ["anything without a code", new Error("could not serialize access")],
    ["what is no error", "40001"],
  ])("does not run again after %s", async (_, thrown) => {
    const { calls, run } = transactionThatLoses(Number.POSITIVE_INFINITY, thrown);
    await expect(withSerializationRetry(run)).rejects.toBe(thrown);
    expect(calls.count).toBe(1);
  });
});

describe("isSerializationFailure", () => {
  it("ends on an error that is its own cause", () => {
    const loop = new Error("loop");
    loop.cause = loop;
    expect(isSerializationFailure(loop)).toBe(false);
  });
});

describe("violatedUniqueIndex", () => {
  it.each([
    ["the index by name", wrapped(sqlError("23505", { constraint_name: "users_email_uq" }), 1), "users_email_uq"],
    ["an index without a name", sqlError("23505"), ""],
    ["no index for another refusal", sqlError("23503", { constraint_name: "users_fk" }), undefined],
    ["no index for what is no error", undefined, undefined],
  ])("names %s", (_, thrown, expected) => {
    expect(violatedUniqueIndex(thrown)).toBe(expected);
  });
});
