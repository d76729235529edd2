import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { expect, expectTypeOf, it } from "vitest";
import type { Region } from "@/server/domains/regions/schemas";
import type { JobRunDetail } from "@/server/ports/job-runs";
import { type AppRouter, appRouter } from "@/server/trpc/root";

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

type IsLost<T> = 0 extends 1 & T ? true : [T] extends [never] ? true : unknown extends T ? true : false;
/** Names of the procedures whose input or answer the browser's client would know nothing of. */
type Lost<Tree> = {
  [Name in keyof Tree & string]: IsLost<Tree[Name]> extends true ? Name : never;
}[keyof Tree & string];
type LostOf<Router> = { [Domain in keyof Router]: Lost<Router[Domain]> }[keyof Router];

it("has a procedure for each name, and for nothing else", () => {
  const names = Object.keys(appRouter._def.procedures);
  expect(names).toContain("regions.listRegions");
  expect(new Set(names).size).toBe(names.length);
});

it("knows the input and the answer of every published procedure, held by the compiler", () => {
  expectTypeOf<LostOf<Inputs>>().toBeNever();
  expectTypeOf<LostOf<Outputs>>().toBeNever();
});

it("types a query by its verb", () => {
  expectTypeOf<Outputs["regions"]["listRegions"]>().toEqualTypeOf<Region[]>();
  expectTypeOf<Inputs["regions"]["updateRegion"]["regionCode"]>().toBeString();
  expectTypeOf<Outputs["operations"]["getJobRun"]>().toEqualTypeOf<JobRunDetail>();
  expectTypeOf<keyof Outputs["agents"]>().toEqualTypeOf<"listAgents" | "revokeAgent">();
});
