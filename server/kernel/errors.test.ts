import { describe, expect, it } from "vitest";
import { ERROR_KINDS, type ErrorKind } from "./error-table";
import {
  AppError,
  conflict,
  forbidden,
  invalid,
  invalidState,
  isAppError,
  limitExceeded,
  notFound,
  paymentRequired,
  rateLimited,
  staleVersion,
  timedOut,
  toAppError,
  unauthenticated,
  upstreamRejected,
  upstreamUnavailable,
} from "./errors";

const CONSTRUCTORS = {
  invalid,
  unauthenticated,
  payment_required: paymentRequired,
  forbidden,
  not_found: notFound,
  conflict,
  invalid_state: invalidState,
  stale_version: staleVersion,
  limit_exceeded: limitExceeded,
  rate_limited: rateLimited,
  upstream_rejected: upstreamRejected,
  upstream_unavailable: upstreamUnavailable,
  timeout: timedOut,
} satisfies Record<Exclude<ErrorKind, "internal">, unknown>;

/** An error as postgres.js throws it: its own code, and the statement that met it. */
const driverError = (code: string) => Object.assign(new Error(`driver: ${code}`), { code, query: "select 1" });

describe("the constructors", () => {
  it.each(Object.entries(CONSTRUCTORS))("make an error of kind %s", (kind, make) => {
    const cause = new Error("below");
    const error = make("domain.reason", "What happened.", { details: { id: "1" }, retryAfterSeconds: 2, cause });
    expect(error).toMatchObject({
      kind,
      code: "domain.reason",
      message: "What happened.",
      retryAfterSeconds: 2,
      cause,
    });
    expect(error.details).toEqual({ id: "1" });
  });

  it("cover every kind but internal, which only what was not foreseen becomes", () => {
    expect([...Object.keys(CONSTRUCTORS), "internal"].sort()).toEqual([...ERROR_KINDS].sort());
  });
});

describe("isAppError", () => {
  it("knows an error that another copy of the class made", () => {
    const copy = Object.assign(new Error("x"), { name: "AppError", kind: "conflict", code: "a.b" });
    expect(isAppError(copy)).toBe(true);
  });

  it.each([
    ["an error with another name", Object.assign(new Error("x"), { kind: "conflict", code: "a.b" })],
    ["a kind that is not in the table", Object.assign(new Error("x"), { name: "AppError", kind: "odd", code: "a.b" })],
    [
      "a kind that every object has",
      Object.assign(new Error("x"), { name: "AppError", kind: "toString", code: "a.b" }),
    ],
    ["a plain object of the same shape", { name: "AppError", kind: "conflict", code: "a.b" }],
    ["nothing", undefined],
  ])("refuses %s", (_, value) => {
    expect(isAppError(value)).toBe(false);
  });
});

describe("toAppError", () => {
  it("hands on what is ours", () => {
    const error = new AppError({ kind: "conflict", code: "a.b", message: "x" });
    expect(toAppError(error)).toBe(error);
  });

  it("hides the message of what was not foreseen and keeps it as the cause", () => {
    const thrown = new Error("password=hunter2");
    const error = toAppError(thrown);
    expect(error).toMatchObject({ kind: "internal", code: "kernel.unexpected", cause: thrown });
    expect(error.message).not.toContain("hunter2");
  });

  it.each(["ECONNREFUSED", "CONNECTION_CLOSED", "57P01", "53300"])(
    "calls a database that answers %s unavailable",
    (code) => {
      const error = toAppError(new Error("Failed query", { cause: driverError(code) }));
      expect(error).toMatchObject({
        kind: "upstream_unavailable",
        code: "kernel.database_unavailable",
        retryAfterSeconds: 5,
      });
    },
  );

  it("does not blame the database for another client's socket", () => {
    const error = toAppError(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    expect(error.kind).toBe("internal");
  });

  it("does not call a refused row an unavailable database", () => {
    expect(toAppError(driverError("23505")).kind).toBe("internal");
  });
});
