import "server-only";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Admitted } from "@/server/http/admission/admit";
import { admitting } from "@/server/http/admission/entry";
import { parseJson } from "@/server/http/admission/parse-json";
import { type AdmissionRule, admissionRule } from "@/server/http/admission/rule";
import { statusOf } from "@/server/http/problem";
import { type AppError, invalid } from "@/server/kernel/errors";
import type { TrpcContext } from "./context";
import { toTrpcError } from "./init";
import { appRouter } from "./root";

const ENDPOINT = "/api/trpc";

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

const common = admissionRule({
  operation: "trpc",
  route: ENDPOINT,
  readsCredential: true,
  sameOrigin: "with_cookie",
  // A bad bearer is told by the procedures, since public ones do without.
  assertMay: ({ url }) => assertOneCall(url),
});
const QUERY: AdmissionRule = { ...common, rateLimit: "read" };
const MUTATION: AdmissionRule = { ...common, rateLimit: "write", body: "json" };

const respond = (
  request: Request,
  headers: Headers,
  call: { readonly allowBatching: boolean; readonly context: () => TrpcContext },
  onInternal?: (error: Error, path: string | undefined) => void,
): Promise<Response> =>
  fetchRequestHandler({
    endpoint: ENDPOINT,
    req: request,
    router: appRouter,
    allowBatching: call.allowBatching,
    createContext: call.context,
    responseMeta: () => ({ headers }),
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") onInternal?.(error, path);
    },
  });

async function call(admitted: Admitted): Promise<Response> {
  const { request, url, runtime, auth, service, headers, body } = admitted;
  const input = url.searchParams.get("input");
  // tRPC reads it by itself; what no body may have, no query may have either.
  if (input !== null && request.method !== "POST") parseJson(input);
  if (request.method === "POST" && !/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw invalid("http.unsupported_media_type", "Send JSON with Content-Type: application/json.");
  }
  const asked =
    request.method === "POST"
      ? new Request(url, { method: "POST", headers: request.headers, body: body.text })
      : new Request(url, { method: request.method, headers: request.headers });
  const context: TrpcContext = { runtime, service, principal: auth.principal, auth };
  return respond(asked, headers, { allowBatching: false, context: () => context }, (error, path) =>
    runtime.logger.error({ err: error, path, requestId: service.origin.requestId }, "trpc.call.failed"),
  );
}

/** Longer than any name of ours; tRPC repeats the name in each answer. */
const MAX_PATH_LENGTH = 200;

/** The same call with nothing in it: a refused body may be half read, and the URL is enough to tell the call of its refusal. */
function withoutBody({ method, url }: Request): Request {
  const named = new URL(url);
  named.pathname = named.pathname.slice(0, MAX_PATH_LENGTH);
  return method === "POST"
    ? new Request(named, { method, headers: { "content-type": "application/json" }, body: "{}" })
    : new Request(named);
}

/** What HTTP alone refuses has tRPC's code for the same status. */
const HTTP_CODES: Readonly<Record<number, TRPCError["code"]>> = {
  405: "METHOD_NOT_SUPPORTED",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
};

function trpcErrorOf(error: AppError): TRPCError {
  const code = HTTP_CODES[statusOf(error)];
  return code ? new TRPCError({ code, message: error.message, cause: error }) : toTrpcError(error);
}

/** A refusal before any procedure is reached, in tRPC's own shape. */
async function refuse(error: AppError, request: Request, headers: Headers): Promise<Response> {
  if (error.retryAfterSeconds !== undefined) headers.set("retry-after", String(error.retryAfterSeconds));
  return respond(withoutBody(request), headers, {
    allowBatching: true,
    context: () => {
      throw trpcErrorOf(error);
    },
  });
}

/** Answers `/api/trpc/*`. */
export const handleTrpcRequest = admitting({
  find: (method, { pathname }) => {
    if (pathname.length > MAX_PATH_LENGTH) return { kind: "not_found" };
    if (method === "GET") return { kind: "found", rule: QUERY };
    return method === "POST"
      ? { kind: "found", rule: MUTATION }
      : { kind: "method_not_allowed", allowed: ["GET", "POST"] };
  },
  answer: call,
  refuse,
});
