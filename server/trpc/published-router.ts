import "server-only";
import type { TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";
import { parseInput } from "@/server/kernel/parse-input";
import type { Door, Published, PublishedAnswer, PublishedVerb } from "@/server/kernel/publish";
import { callVerb } from "@/server/runtime/call-verb";
import { assertAdmitted, isNamed, type NamedRow } from "./admission";
import type { TrpcContext } from "./context";
import { createRouter, mutation, query } from "./init";

type Procedure<Type, Input, Out> = Type extends "query"
  ? TRPCQueryProcedure<{ input: Input; output: Out; meta: object }>
  : TRPCMutationProcedure<{ input: Input; output: Out; meta: object }>;

/** Who has nothing to say need not say so. */
type InputOf<Schema extends z.ZodType> =
  z.input<Schema> extends Record<string, never> ? z.input<Schema> | undefined : z.input<Schema>;

type Answer<V> = V extends (ctx: never, input: never) => Promise<infer Out> ? Out : never;
type ProcedureOf<Row> =
  Row extends PublishedVerb<infer V, string, infer Type>
    ? Procedure<Type, InputOf<V["input"]>, Answer<V>>
    : Row extends PublishedAnswer<infer Input, infer Out, string, infer Type>
      ? Procedure<Type, InputOf<Input>, Out>
      : never;

type NamesOf<Row> = Row extends { readonly names: readonly (infer Name extends string)[] } ? Name : never;
type GroupOf<Name> = Name extends `${infer Group}.${string}` ? Group : never;
type WithinGroup<Name, Group extends string> = Name extends `${Group}.${infer Rest}` ? Rest : never;

/** Procedures of some rows by their names; `admin.stop` lies in the group `admin`. */
type RecordOf<Row> = {
  [One in Row as Exclude<NamesOf<One>, `${string}.${string}`>]: ProcedureOf<One>;
} & {
  [Group in GroupOf<NamesOf<Row>>]: { [One in Row as WithinGroup<NamesOf<One>, Group>]: ProcedureOf<One> };
};

/** The router's record of some lists, by domain. */
export type RouterRecordOf<Lists extends Published> = {
  [Domain in Lists["domain"]]: RecordOf<Extract<Lists, { readonly domain: Domain }>["rows"][number]>;
};

const runOf = (row: NamedRow, door: Door) => async (ctx: TrpcContext, given: unknown) => {
  // A page that is rendered comes by no admission but this.
  assertAdmitted(row, door, ctx.auth);
  const input = given ?? {};
  if (row.kind === "verb") return callVerb(row.verb, door.audience, ctx, input);
  const run = row.run as (ctx: TrpcContext, input: unknown) => Promise<unknown>;
  return run(ctx, parseInput(row.input, input));
};

const procedureOf = (row: NamedRow, door: Door) => (row.type === "query" ? query : mutation)(runOf(row, door));

type Tree = { [name: string]: ReturnType<typeof procedureOf> | Tree };

function put(tree: Tree, path: readonly string[], procedure: ReturnType<typeof procedureOf>): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    if (Object.hasOwn(tree, name)) throw new Error(`two rows are published as ${name}`);
    tree[name] = procedure;
    return;
  }
  const group = (tree[name] ?? {}) as Tree;
  tree[name] = group;
  put(group, rest, procedure);
}

/** The router of all that is published to pages. */
export function routerOf<const Lists extends readonly Published[]>(lists: Lists) {
  const tree: Tree = {};
  for (const { domain, rows } of lists) {
    for (const row of rows.filter(isNamed)) {
      for (const door of row.doors) {
        if (door.trpc !== null) put(tree, [domain, ...door.trpc.split(".")], procedureOf(row, door));
      }
    }
  }
  return createRouter(tree as RouterRecordOf<Lists[number]>);
}
