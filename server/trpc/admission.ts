import "server-only";
import type { Authentication } from "@/server/auth/authenticate";
import { parseJson } from "@/server/http/admission/parse-json";
import { type AdmissionRule, admissionRule } from "@/server/http/admission/rule";
import { PUBLISHED } from "@/server/http/all-published";
import { invalid } from "@/server/kernel/errors";
import type { Door, Published, PublishedAnswer, PublishedRow, PublishedVerb } from "@/server/kernel/publish";
import { assertMay } from "@/server/kernel/verbs";
import { assertMayAt } from "@/server/runtime/call-verb";

export const ENDPOINT = "/api/trpc";

/** A row that pages may ask by name. */
export type NamedRow = PublishedVerb | PublishedAnswer;
export const isNamed = (row: PublishedRow): row is NamedRow => "names" in row;

/** Refuses who may not ask at this door, before anything of the input is looked at; what anybody may ask takes a bad credential for none. */
export function assertAdmitted(row: NamedRow, door: Door, { principal, refusal }: Authentication): void {
  const demands =
    row.kind === "answer"
      ? ({ scope: null, because: row.because, tenancy: "platform", audience: ["platform"] } as const)
      : row.verb;
  const isForAnybody = demands.scope === null && demands.because !== "own account";
  if (refusal && !isForAnybody) throw refusal;
  const caller = {
    actor: principal?.actor ?? ({ kind: "anonymous" } as const),
    organizationId: principal?.organizationId ?? null,
  };
  if (row.kind === "verb") assertMayAt(row.verb, door.audience, caller);
  else assertMay(demands, caller);
}

function assertOneCall(url: URL): void {
  // Many calls in one request would draw from the caller's limits once; our pages send them one by one.
  if (url.searchParams.has("batch")) {
    throw invalid("http.batch_refused", "One request carries one call here. Send the calls one by one.");
  }
  if (url.searchParams.getAll("input").length > 1) {
    throw invalid("kernel.invalid_input", "input: given more than once", {
      fieldErrors: { input: ["given more than once"] },
    });
  }
}

/** How one call is let in; `limitBy` is the field whose value has a bucket of its own. */
export type ProcedureRule = AdmissionRule & { readonly limitBy: string | null };

const common = admissionRule({
  operation: "trpc",
  route: ENDPOINT,
  readsCredential: true,
  sameOrigin: "with_cookie",
  assertMay: ({ url }) => assertOneCall(url),
});
const UNKNOWN = {
  query: { ...common, rateLimit: "read", limitBy: null },
  mutation: { ...common, rateLimit: "write", body: "json", limitBy: null },
} as const satisfies Record<string, ProcedureRule>;

/** The admission of a published row at one of its doors, drawn from the buckets of its REST path. */
const ruleOf = (row: NamedRow, door: Door, path: string): ProcedureRule => ({
  ...UNKNOWN[row.type],
  operation: `${row.type} ${path}`,
  rateLimit: row.rateLimit ?? UNKNOWN[row.type].rateLimit,
  bucket: door.operationId,
  limitBy: row.limitBy,
  assertMay: ({ url, auth }) => {
    assertOneCall(url);
    assertAdmitted(row, door, auth);
  },
});

const rulesOf = ({ domain, rows }: Published): [string, ProcedureRule][] =>
  rows.filter(isNamed).flatMap((row) =>
    row.doors.flatMap((door): [string, ProcedureRule][] => {
      const path = `${domain}.${door.trpc}`;
      return door.trpc === null ? [] : [[`${row.type} ${path}`, ruleOf(row, door, path)]];
    }),
  );
const RULES: ReadonlyMap<string, ProcedureRule> = new Map(PUBLISHED.flatMap((list) => rulesOf(list)));

/** The values that a query's address names; what cannot be read is refused later. */
function namedIn(url: URL): readonly unknown[] {
  try {
    return Object.values(Object(parseJson(url.searchParams.get("input") ?? "{}")));
  } catch {
    return [];
  }
}

/** The rule of a call; one that leads nowhere is let in as any other, so that tRPC says what is wrong with it. */
export function ruleAt(method: "GET" | "POST", url: URL): ProcedureRule {
  const type = method === "GET" ? "query" : "mutation";
  const rule = RULES.get(`${type} ${url.pathname.slice(ENDPOINT.length + 1)}`) ?? UNKNOWN[type];
  return method === "GET" ? { ...rule, named: namedIn(url) } : rule;
}
