import { z } from "zod";
import { type AppError, upstreamRejected } from "@/server/kernel/errors";
import { chainThingNotFound, EndpointFailure, NotKept } from "./chain-errors";
import type { Endpoint } from "./endpoint-health";
import type { EndpointCall } from "./endpoint-pool";
import { type FetchedJson, fetchJson } from "./fetch-json";
import { restError, restNodeInfo, restPage } from "./rest-schemas";

type Limits = Parameters<EndpointCall<unknown>>[1];

/** gRPC status codes (google.rpc.Code), as the gateway writes them. */
const GRPC = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
} as const;
const PAGE_SIZE = 200;
/** 200,000 rows; no Cosmos chain has more of anything that is listed here. */
const MAX_PAGES = 1_000;

/** What the answer to a question is called when the chain has none: `validator` gives `chain.validator_not_found`. */
export type Thing = { readonly code: string; readonly words: string };

export type RestQuestion<Schema extends z.ZodType> = {
  readonly path: string;
  readonly schema: Schema;
  readonly thing?: Thing;
  /** Asks for the state at this height instead of the newest. */
  readonly atHeightBlocks?: bigint | undefined;
};

/** An answer and the height at which it was true; null when the endpoint does not say. */
export type RestAnswer<Out> = { readonly out: Out; readonly heightBlocks: bigint | null };

/** Asks one endpoint of the gateway. @throws EndpointFailure, AppError not_found, `chain.query_unsupported`, `chain.bad_request` */
export async function askRest<Schema extends z.ZodType>(
  endpoint: Endpoint,
  question: RestQuestion<Schema>,
  limits: Limits,
): Promise<RestAnswer<z.output<Schema>>> {
  const headers =
    question.atHeightBlocks === undefined ? {} : { "x-cosmos-block-height": question.atHeightBlocks.toString() };
  const fetched = await fetchJson(`${endpoint.url}${question.path}`, { ...limits, headers, reach: endpoint.reach });
  if (fetched.status !== 200) throw restRefusal(fetched, question.thing);
  return { out: parseAs(question.schema, fetched.json, question.path), heightBlocks: fetched.heightBlocks };
}

/** Sends a body to one endpoint of the gateway; what a refusal means is for `refused` to say. */
export async function postRest<Schema extends z.ZodType>(
  endpoint: Endpoint,
  question: RestQuestion<Schema> & {
    readonly body: unknown;
    readonly refused: (code: number, message: string) => AppError | undefined;
  },
  limits: Limits,
): Promise<z.output<Schema>> {
  const { reach } = endpoint;
  const fetched = await fetchJson(`${endpoint.url}${question.path}`, { ...limits, postBody: question.body, reach });
  if (fetched.status === 200) return parseAs(question.schema, fetched.json, question.path);
  const error = restError.safeParse(fetched.json);
  const meaning =
    error.success && !isOfEndpoint(error.data.code) ? question.refused(error.data.code, error.data.message) : undefined;
  throw meaning ?? restRefusal(fetched, question.thing);
}

/** Every row of a listing, all pages, from one endpoint and one height. */
export async function askAllPages<Schema extends z.ZodType>(
  endpoint: Endpoint,
  question: Omit<RestQuestion<z.ZodType>, "schema"> & { readonly rows: string; readonly row: Schema },
  limits: Limits,
): Promise<RestAnswer<readonly z.output<Schema>[]>> {
  const rowsSchema = z.array(question.row);
  const rows: z.output<Schema>[] = [];
  const seenKeys = new Set<string>();
  let atHeightBlocks = question.atHeightBlocks;
  let heightBlocks: bigint | null = null;
  let key = "";
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const separator = question.path.includes("?") ? "&" : "?";
    const query = `pagination.limit=${PAGE_SIZE}${key === "" ? "" : `&pagination.key=${encodeURIComponent(key)}`}`;
    const paged = { ...question, path: `${question.path}${separator}${query}`, schema: restPage, atHeightBlocks };
    const answer = await askRest(endpoint, paged, limits);
    rows.push(...parseAs(rowsSchema, answer.out[question.rows], question.path));
    // Later pages are read at the first one's height: rows that move between two blocks would be seen twice or never.
    heightBlocks ??= answer.heightBlocks;
    atHeightBlocks ??= answer.heightBlocks ?? undefined;
    key = answer.out.pagination?.next_key ?? "";
    if (key === "") return { out: rows, heightBlocks };
    if (seenKeys.has(key)) break;
    seenKeys.add(key);
  }
  throw new EndpointFailure("bad_answer", "The pages of a listing do not end.");
}

/** Chain id of a REST endpoint; its height is noted on the way when it tells one. */
export async function askRestChainId(endpoint: Endpoint, limits: Limits): Promise<string> {
  const question = { path: "/cosmos/base/tendermint/v1beta1/node_info", schema: restNodeInfo };
  const { out, heightBlocks } = await askRest(endpoint, question, limits);
  if (heightBlocks !== null && heightBlocks > 0n) endpoint.sawHeight(heightBlocks);
  return out.default_node_info.network;
}

function parseAs<Schema extends z.ZodType>(schema: Schema, json: unknown, path: string): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new EndpointFailure("bad_answer", `The answer to ${path.split("?")[0]} has an unexpected form.`, parsed.error);
}

const isOfEndpoint = (code: number): boolean =>
  code === GRPC.unavailable || code === GRPC.deadlineExceeded || code === GRPC.resourceExhausted;

const queryUnsupported = () =>
  upstreamRejected("chain.query_unsupported", "This chain does not offer that question.", {
    details: { grpcCode: GRPC.unimplemented },
  });

/** CometBFT has no code for it (0.38, rpc/core/tx.go); the SDK passes its words on under several of its own. */
const NO_INDEX = /transaction indexing is disabled/i;

function restRefusal(fetched: FetchedJson, thing: Thing | undefined): AppError | EndpointFailure | NotKept {
  const error = restError.safeParse(fetched.json);
  if (!error.success) {
    // A gateway without the module answers so, and so do the servers before some; its chain id was checked by a question that every chain answers.
    if (fetched.status === 404 || fetched.status === 501) return queryUnsupported();
    return new EndpointFailure("unreachable", `It answered with status ${fetched.status}.`);
  }
  const { code, message } = error.data;
  if (NO_INDEX.test(message)) return new NotKept("index");
  switch (code) {
    case GRPC.notFound:
      return chainThingNotFound(thing?.code ?? "object", thing?.words ?? "object", { grpcCode: code });
    case GRPC.unimplemented:
      return queryUnsupported();
    case GRPC.invalidArgument:
      return upstreamRejected("chain.bad_request", "The chain finds the question malformed.", {
        details: { grpcCode: code, reason: message },
      });
    case GRPC.resourceExhausted:
      return new EndpointFailure("rate_limited", "It asks for fewer requests.");
    case GRPC.deadlineExceeded:
      return new EndpointFailure("timeout", "It did not answer in its own time.");
    default:
      return new EndpointFailure("unreachable", `It answered with status ${fetched.status} and code ${code}.`);
  }
}
