import "server-only";
import type { ComponentHealth, ComponentStatus } from "@/server/kernel/health";
import type { Runtime } from "@/server/runtime/runtime";
import type { Admitted } from "../admission/admit";
import { admitting } from "../admission/entry";
import { admissionRule } from "../admission/rule";
import { healthChecks } from "./checks";
import { runChecks } from "./component";

/** What was found is told again for this long, so that asking often costs nothing. */
const REUSE_MS = 1_000;

const ORDER: readonly ComponentStatus[] = ["ok", "unknown", "degraded", "down"];

/** What a part means for the whole: one that nothing needs now takes nothing down with it. */
const weightOf = ({ status, isOptional }: ComponentHealth): ComponentStatus =>
  isOptional && status === "down" ? "degraded" : status;

const worstOf = (components: readonly ComponentHealth[]): ComponentStatus =>
  components
    .map(weightOf)
    .reduce((worst, status) => (ORDER.indexOf(status) > ORDER.indexOf(worst) ? status : worst), "ok");

let latest: { readonly runtime: Runtime; readonly at: number; readonly found: Promise<ComponentHealth[]> } | undefined;

async function tell({ runtime }: Admitted): Promise<Response> {
  const now = Date.now();
  if (latest?.runtime !== runtime || now - latest.at > REUSE_MS) {
    latest = { runtime, at: now, found: runChecks(healthChecks(runtime)) };
  }
  const { at, found } = latest;
  const components = await found;
  const database = components.find((component) => component.name === "database");
  const canServe = database?.status === "ok" || database?.status === "degraded";
  const headers = { "content-type": "application/json", ...(canServe ? {} : { "retry-after": "5" }) };
  const body = { status: worstOf(components), checkedAt: new Date(at).toISOString(), components };
  return new Response(JSON.stringify(body), { status: canServe ? 200 : 503, headers });
}

/** Anybody may ask at any rate: an answer is told again for a second, and a balancer must be heard while the database is away. */
const RULE = admissionRule({ operation: "GET /api/health", route: "/api/health" });

/**
 * Answers `/api/health` to anybody within two seconds. 503 only when this process cannot serve, which is when the database is not ok: other parts
 * being down must not take the portal out of a balancer.
 */
export const handleHealthRequest = admitting({
  find: (method) =>
    method === "GET" ? { kind: "found", rule: RULE } : { kind: "method_not_allowed", allowed: ["GET"] },
  answer: tell,
});
