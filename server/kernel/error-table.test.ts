import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { describe, expect, it } from "vitest";
import { ERROR_KINDS, ERROR_TABLE } from "./error-table";

describe("the error table", () => {
  it.each(ERROR_KINDS)("gives %s the status that tRPC itself answers for its code", (kind) => {
    const { trpc, http } = ERROR_TABLE[kind];
    expect(getHTTPStatusCodeFromError(new TRPCError({ code: trpc }))).toBe(http);
  });

  it("has a row for every kind and no other", () => {
    expect(Object.keys(ERROR_TABLE).sort()).toEqual([...ERROR_KINDS].sort());
  });

  it.each(ERROR_KINDS)("retries %s only when time can heal it", (kind) => {
    const { http, job } = ERROR_TABLE[kind];
    const healsByTime = http === 500 || http === 503 || http === 504;
    expect(job).toBe(http === 429 ? "retry_after" : healsByTime ? "retry" : "fail");
  });

  it.each(ERROR_KINDS)("logs %s as loudly as it concerns an operator", (kind) => {
    const { http, log } = ERROR_TABLE[kind];
    if (http === 500) expect(log).toBe("error");
    else expect(log).toBe(http > 500 || http === 403 ? "warn" : "info");
  });
});
