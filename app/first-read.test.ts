import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { notFound, upstreamUnavailable } from "@/server/kernel/errors";
import { readOrNull } from "./first-read";

/** As a procedure throws it. */
const thrown = (cause: Error) => Promise.reject(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }));

it("calls absent what is said not to be there, and nothing that could not be read", async () => {
  expect(await readOrNull(Promise.resolve(7))).toBe(7);
  expect(await readOrNull(thrown(notFound("chain.validator_not_found", "None.")))).toBeNull();
  const silent = upstreamUnavailable("chain.unavailable", "Silent.");
  await expect(readOrNull(thrown(silent))).rejects.toMatchObject({ cause: silent });
  await expect(readOrNull(thrown(new Error("the database is away")))).rejects.toThrow();
});
