import "server-only";
import { getRuntime, type Runtime } from "@/server/runtime/runtime";
import { requestOrigin } from "../request-origin";
import { API_SECURITY_HEADERS } from "../security-headers";
import { healthChecks } from "./checks";
import { type ComponentHealth, type ComponentStatus, runChecks } from "./component";

/** What was found is told again for this long, so that asking often costs nothing. */
const REUSE_MS = 1_000;

const ORDER: readonly ComponentStatus[] = ["ok", "unknown", "degraded", "down"];

const worstOf = (components: readonly ComponentHealth[]): ComponentStatus =>
  components.reduce<ComponentStatus>(
    (worst, { status }) => (ORDER.indexOf(status) > ORDER.indexOf(worst) ? status : worst),
    "ok",
  );

let latest: { readonly runtime: Runtime; readonly at: number; readonly found: Promise<ComponentHealth[]> } | undefined;

/**
 * Answers `/api/health` to anybody within two seconds. 503 only when this process cannot serve, which is when the database is not ok: other parts
 * being down must not take the portal out of a balancer.
 */
export async function handleHealthRequest(request: Request): Promise<Response> {
  const runtime = await getRuntime();
  const now = Date.now();
  if (latest?.runtime !== runtime || now - latest.at > REUSE_MS) {
    latest = { runtime, at: now, found: runChecks(healthChecks(runtime)) };
  }
  const components = await latest.found;
  const database = components.find((component) => component.name === "database");
  const canServe = database?.status === "ok" || database?.status === "degraded";
  const { requestId } = requestOrigin(request.headers, runtime.settings.trustedProxyCount);
  const headers = new Headers({
    ...API_SECURITY_HEADERS,
    "content-type": "application/json",
    "x-request-id": requestId,
  });
  if (!canServe) headers.set("retry-after", "5");
  const body = { status: worstOf(components), checkedAt: new Date(latest.at).toISOString(), components };
  return new Response(JSON.stringify(body), { status: canServe ? 200 : 503, headers });
}
