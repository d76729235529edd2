import "server-only";
import { type Authentication, authenticate } from "@/server/auth/authenticate";
import type { Runtime } from "@/server/runtime/runtime";
import type { Admitted } from "./admission/admit";
import { admitting } from "./admission/entry";
import { type AdmissionRule, admissionRule } from "./admission/rule";
import type { RouteCtx, RouteDefinition } from "./define-route";
import { downloadResponse, fileHeaders } from "./download-response";
import { matchRoute } from "./match-route";
import { withOrganizationHeader } from "./organization-query";
import { inputOf } from "./read-input";
import { ROUTES } from "./routes";
import { eventStreamResponse, type ServerSentEvent } from "./server-sent-events";
import { claimStream, downloadHolders, streamHolders } from "./stream-slots";

type RouteRule = AdmissionRule & {
  readonly definition: RouteDefinition;
  readonly params: Readonly<Record<string, string>>;
};

/** Refuses who may not ask for this route, before anything of the input is read. */
function assertAccess(route: RouteDefinition, { principal, refusal }: Authentication): void {
  if (refusal) throw refusal;
  route.assertMay({
    actor: principal?.actor ?? { kind: "anonymous" },
    organizationId: principal?.organizationId ?? null,
  });
}

const readsQuery = (route: RouteDefinition): boolean => route.method === "GET" || route.method === "DELETE";

/** The admission that a row of the route table asks for. */
const ruleOf = (definition: RouteDefinition, params: Readonly<Record<string, string>>): RouteRule => ({
  ...admissionRule({
    operation: `${definition.method} ${definition.path}`,
    route: definition.path,
    body: readsQuery(definition) ? "none" : definition.body,
    maxBodyBytes: definition.maxBodyBytes,
    deadlineMs: definition.deadlineMs,
    rateLimit: definition.rateLimit,
    bucket: definition.operationId,
    readsCredential: true,
    sameOrigin: "with_cookie",
    keepsIdempotency: definition.method === "POST" && definition.rateLimit !== "auth",
    assertMay: ({ auth }) => assertAccess(definition, auth),
    named: Object.values(params),
  }),
  definition,
  params,
});

function answerOf(runtime: Runtime, route: RouteDefinition, out: unknown): Response {
  if (route.output === null) return new Response(null, { status: route.status });
  const text = JSON.stringify(out);
  if (runtime.settings.isStrict) {
    const checked = route.output.safeParse(JSON.parse(text));
    if (!checked.success)
      throw new Error(`${route.operationId} answered another shape than declared: ${checked.error.message}`);
  }
  return new Response(text, { status: route.status, headers: { "content-type": "application/json" } });
}

function isStillAllowed(route: RouteDefinition, auth: Authentication): boolean {
  try {
    assertAccess(route, auth);
    return true;
  } catch {
    return false;
  }
}

/** Whether the credential still stands for the same person, organisation and roles; nobody stays nobody. */
const isSameCaller = (now: Authentication, before: Authentication): boolean =>
  now.principal?.organizationId === before.principal?.organizationId &&
  JSON.stringify(now.principal?.actor) === JSON.stringify(before.principal?.actor);

async function serve(admitted: Admitted, { definition: route, params }: RouteRule): Promise<Response> {
  const { request, runtime, auth, origin, service } = admitted;
  const raw = inputOf(route, admitted, params);
  const subject = route.limitBy?.(raw);
  if (subject !== undefined) await admitted.limitSubject(subject);
  const gone = new AbortController();
  const ctx: RouteCtx = {
    service,
    runtime,
    principal: auth.principal,
    viaCookie: auth.via === "cookie",
    signal: AbortSignal.any([request.signal, gone.signal]),
    lastEventId: request.headers.get("last-event-id"),
    headers: request.headers,
    bytes: admitted.body.bytes,
    responseHeaders: admitted.headers,
  };
  const { sends } = route;
  if (sends === null) return answerOf(runtime, route, await route.run(ctx, raw));
  const headers = sends.kind === "file" ? fileHeaders(sends.contentType, sends.fileName(service.now())) : {};
  // Nobody reads the body of an answer to HEAD, so nobody would end the stream either.
  if (request.method === "HEAD") return new Response(null, { status: route.status, headers });

  const holders = streamHolders(admitted);
  const release = claimStream(sends.kind === "file" ? downloadHolders(holders) : holders);
  const facts = {
    headers,
    signal: request.signal,
    isStillAllowed: async () => {
      const now = await authenticate(runtime, request.headers, origin);
      // A session may move on, e.g. when its person was taken out or given another role: what it reads here is still by what it was before.
      return isSameCaller(now, auth) && isStillAllowed(route, now);
    },
    onEnd: (failure: unknown) => {
      gone.abort();
      release();
      if (failure) service.logger.warn({ err: failure, route: route.path }, "http.stream.failed");
    },
  };
  try {
    const written = await route.run(ctx, raw);
    return sends.kind === "file"
      ? await downloadResponse({ ...facts, chunks: written as AsyncIterable<string> })
      : eventStreamResponse({ ...facts, events: written as AsyncIterable<ServerSentEvent> });
  } catch (thrown) {
    release();
    throw thrown;
  }
}

const answerRequest = admitting<RouteRule>({
  find: (method, { pathname }) => {
    const match = matchRoute(ROUTES, method, pathname);
    return match.kind === "found" ? { kind: "found", rule: ruleOf(match.route, match.params) } : match;
  },
  answer: serve,
});

/** Answers one request to `/api/v1`: by the route table or not at all. */
export const handleApiRequest = (request: Request): Promise<Response> => answerRequest(withOrganizationHeader(request));
