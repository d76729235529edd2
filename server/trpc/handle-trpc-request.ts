import "server-only";
import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Admitted } from "@/server/http/admission/admit";
import { admitting } from "@/server/http/admission/entry";
import { parseJson } from "@/server/http/admission/parse-json";
import { statusOf } from "@/server/http/problem";
import { type AppError, invalid } from "@/server/kernel/errors";
import { ENDPOINT, type ProcedureRule, ruleAt } from "./admission";
import type { TrpcContext } from "./context";
import { RefusedCall, toTrpcError } from "./init";
import { appRouter } from "./root";

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

async function call(admitted: Admitted, { limitBy }: ProcedureRule): Promise<Response> {
  const { request, url, runtime, auth, service, headers, body } = admitted;
  const input = url.searchParams.get("input");
  // tRPC reads it by itself; what no body may have, no query may have either.
  const asJson = input !== null && request.method !== "POST" ? parseJson(input) : body.json;
  if (request.method === "POST" && !/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw invalid("http.unsupported_media_type", "Send JSON with Content-Type: application/json.");
  }
  const subject = limitBy === null ? undefined : Object(asJson)[limitBy];
  if (typeof subject === "string") await admitted.limitSubject(subject.toLowerCase().slice(0, 120));
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

/** Whether tRPC would read another name here than stands in the address: it decodes, and takes slashes away. A call has one spelling, and so one rule. */
const isOtherSpelling = (pathname: string): boolean =>
  !pathname.startsWith(`${ENDPOINT}/`) || /[%/]/.test(pathname.slice(ENDPOINT.length + 1));

/** The same call with nothing in it: a refused body may be half read, and the URL is enough to tell the call of its refusal. */
function withoutBody({ method, url }: Request): Request {
  const named = new URL(url);
  named.pathname = isOtherSpelling(named.pathname) ? `${ENDPOINT}/-` : named.pathname.slice(0, MAX_PATH_LENGTH);
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

function refusedCall(error: AppError, requestId: string | null): RefusedCall {
  const code = HTTP_CODES[statusOf(error)] ?? toTrpcError(error).code;
  return new RefusedCall({ code, message: error.message, cause: error }, requestId);
}

/** A refusal before any procedure is reached, in tRPC's own shape. */
async function refuse(error: AppError, request: Request, headers: Headers): Promise<Response> {
  if (error.retryAfterSeconds !== undefined) headers.set("retry-after", String(error.retryAfterSeconds));
  return respond(withoutBody(request), headers, {
    allowBatching: true,
    context: () => {
      throw refusedCall(error, headers.get("x-request-id"));
    },
  });
}

/** Answers `/api/trpc/*`. */
export const handleTrpcRequest = admitting<ProcedureRule>({
  find: (method, url) => {
    if (url.pathname.length > MAX_PATH_LENGTH || isOtherSpelling(url.pathname)) return { kind: "not_found" };
    return method === "GET" || method === "POST"
      ? { kind: "found", rule: ruleAt(method, url) }
      : { kind: "method_not_allowed", allowed: ["GET", "POST"] };
  },
  answer: call,
  refuse,
});
