import type { IncomingMessage } from "node:http";
import { saveCheckpoint } from "../calls/checkpoint";
import { type ExecuteContext, endedSteps } from "../calls/execute-call";
import { acceptEvents } from "../events/accept-events";
import { isAuthorizedBy, isSameText } from "../protocol/signature";
import { RefusedRegistration } from "../registry/compile-function";
import { readRegistration, saveRegistration } from "../registry/registry";
import { syncCrons } from "../scheduling/fire-timers";
import { transact } from "../state/database";
import { RequestRefused, readJsonBody } from "./read-body";

/** What to answer. A body of undefined is an empty one. */
export type RouteAnswer = { readonly status: number; readonly body?: unknown };

/** What the routes need besides the engine. */
export type RouteContext = ExecuteContext & { readonly eventKey: string };

const maxEventsBytes = 32 * 1024 * 1024;
const maxCheckpointBytes = 64 * 1024 * 1024;
const maxRegistrationBytes = 16 * 1024 * 1024;

/** Serves one request of an app to the active engine: the event API, registration, checkpoints and what the SDK fetches for large runs. */
export async function serveRoute(context: RouteContext, request: IncomingMessage): Promise<RouteAnswer> {
  const parts = partsOf(request.url ?? "/");
  const [first, second, third, fourth] = parts;
  const route = `${request.method} ${first}`;

  if (route === "POST e" && second !== undefined && parts.length === 2) {
    if (!isSameText(second, context.eventKey)) {
      return { status: 401, body: { ids: [], status: 401, error: "event key not found" } };
    }
    const body = await readJsonBody(request, maxEventsBytes);
    const answer = await acceptEvents(context, body, headerOf(request, "x-inngest-event-id-seed"));
    return { status: answer.status, body: answer };
  }
  requireSigningKey(context, request);
  if (route === "POST fn" && second === "register")
    return register(context, await readJsonBody(request, maxRegistrationBytes));
  if (route === "POST v1" && second === "checkpoint") {
    if (third === undefined || fourth !== "async") {
      return {
        status: 501,
        body: { error: "runs that start inside a request are not implemented by the embedded engine", status: 501 },
      };
    }
    const answer = await saveCheckpoint(context, third, await readJsonBody(request, maxCheckpointBytes));
    if (answer === "saved") return { status: 200 };
    return answer === "stale"
      ? { status: 409, body: { error: "this execution was replaced or its run has ended", status: 409 } }
      : { status: 400, body: { error: "the checkpoint cannot be read", status: 400 } };
  }
  if (route === "GET v0" && second === "runs" && third !== undefined) return fetchForRun(context, third, fourth);
  if (route === "GET v1" && second === "events" && third !== undefined && fourth === "runs")
    return runsOfEvent(context, third);
  return { status: 404, body: { error: "the embedded engine does not serve this address", status: 404 } };
}

/** The decoded parts of an address; one that cannot be decoded is its sender's fault. */
function partsOf(address: string): string[] {
  try {
    const { pathname } = new URL(address, "http://engine");
    return pathname
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent);
  } catch {
    throw new RequestRefused(400, "the address cannot be read");
  }
}

function requireSigningKey(context: RouteContext, request: IncomingMessage): void {
  if (isAuthorizedBy(headerOf(request, "authorization"), context.signingKey)) return;
  throw new RequestRefused(401, "the signing key is missing or not the engine's");
}

async function register(context: RouteContext, body: unknown): Promise<RouteAnswer> {
  try {
    const accepted = readRegistration(body);
    const modified = await transact(context.sql, (tx) => saveRegistration(tx, accepted, context.now()));
    context.registry.replaceApp(accepted.appId, accepted.configs);
    if (modified) {
      await transact(context.sql, (tx) => syncCrons(context, tx));
      context.logger.info(
        { appId: accepted.appId, functions: accepted.configs.length, sdk: accepted.sdk },
        "engine.app.registered",
      );
    }
    context.wake();
    return { status: 200, body: { ok: true, modified } };
  } catch (error) {
    if (!(error instanceof RefusedRegistration)) throw error;
    context.logger.error({ reason: error.message }, "engine.app.refused");
    const appId: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "appName") : undefined;
    await context.sql`
      update inngest_engine.apps set refusal = ${error.message}, refused_at = ${context.now()}
      where id = ${typeof appId === "string" ? appId : ""}`;
    // The SDK passes the status in the body on to whoever asked it to register.
    return { status: 400, body: { ok: false, error: error.message, status: 400 } };
  }
}

async function fetchForRun(context: RouteContext, runId: string, what: string | undefined): Promise<RouteAnswer> {
  const [run] = await context.sql<{ event: string }[]>`select event from inngest_engine.runs where id = ${runId}`;
  if (run === undefined) return { status: 404, body: { error: "there is no such run", status: 404 } };
  if (what === "batch") return { status: 200, body: [JSON.parse(run.event)] };
  if (what === "actions") {
    const steps = await endedSteps(context.sql, runId);
    return { status: 200, body: Object.fromEntries(steps.map((step) => [step.id, step.memo])) };
  }
  return { status: 404, body: { error: "only batch and actions can be fetched", status: 404 } };
}

/** `GET /v1/events/{internal id}/runs` of the public REST API: what became of an event. */
async function runsOfEvent(context: RouteContext, internalId: string): Promise<RouteAnswer> {
  const rows = await context.sql<
    {
      id: string;
      function_id: string;
      status: string;
      output: string | null;
      error: string | null;
      queued_at: Date;
      ended_at: Date | null;
    }[]
  >`
    select r.id, r.function_id, r.status, r.output, r.error, r.queued_at, r.ended_at
    from inngest_engine.runs r join inngest_engine.events e on e.id = r.event_id
    where e.internal_id = ${internalId} order by r.id`;
  const data = rows.map((row) => ({
    run_id: row.id,
    function_id: row.function_id,
    event_id: internalId,
    status: `${row.status.slice(0, 1).toUpperCase()}${row.status.slice(1)}`,
    run_started_at: row.queued_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
    output: row.output === null ? (row.error === null ? null : JSON.parse(row.error)) : JSON.parse(row.output),
  }));
  return { status: 200, body: { data } };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
