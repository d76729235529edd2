import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { readFigures } from "@/server/domains/monitoring";
import { unauthenticated } from "@/server/kernel/errors";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { outboxBacklog } from "@/server/kernel/outbox";
import type { Runtime } from "@/server/runtime/runtime";
import type { Admitted } from "./admission/admit";
import { admitting } from "./admission/entry";
import { admissionRule } from "./admission/rule";
import { getMetrics, showFigures } from "./metrics";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares without telling by time how much was right; hashing first makes the lengths equal. */
const isToken = (presented: string, expected: string): boolean => timingSafeEqual(digest(presented), digest(expected));

const ProcessFigures = z.record(z.string(), z.number());

/** Figures that only the database has; left as they were when it does not answer, which `/api/health` tells. */
async function refreshFromDatabase(runtime: Runtime): Promise<void> {
  const { outboxOldestSeconds, outboxWaiting, heartbeatAgeSeconds, processFigures } = getMetrics();
  const backlog = await outboxBacklog(runtime.db);
  outboxWaiting.set(backlog.count);
  outboxOldestSeconds.set(backlog.oldestAgeSeconds ?? 0);
  for (const beat of await listHeartbeats(runtime.db)) {
    heartbeatAgeSeconds.set({ component: beat.component }, beat.ageSeconds);
    for (const [figure, value] of Object.entries(ProcessFigures.catch({}).parse(beat.details?.metrics))) {
      processFigures.set({ component: beat.component, figure }, value);
    }
  }
}

/** What cannot be read now is left out: an old figure would look like a new one. */
async function refreshMeasured(runtime: Runtime, requestId: string): Promise<void> {
  try {
    const actor = { kind: "system", name: "metrics" } as const;
    const origin = { requestId, ipAddress: null, userAgent: null };
    const { db, logger } = runtime;
    const ctx = { db, logger, actor, origin, ports: undefined, organizationId: null, now: () => new Date() };
    showFigures(await readFigures(ctx, {}));
  } catch (thrown) {
    showFigures([]);
    throw thrown;
  }
}

async function tell({ request, runtime, origin }: Admitted): Promise<Response> {
  const presented = /^Bearer (.{1,500})$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (presented === undefined || !isToken(presented, runtime.settings.metricsToken)) {
    throw unauthenticated(
      "auth.metrics_token_required",
      "Send the metrics token as bearer. It is METRICS_TOKEN of this installation.",
    );
  }
  const { requestId } = origin;
  const failed = (thrown: unknown) => runtime.logger.warn({ err: thrown, requestId }, "metrics.database.failed");
  await Promise.all([refreshFromDatabase(runtime).catch(failed), refreshMeasured(runtime, requestId).catch(failed)]);
  const { registry } = getMetrics();
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}

/** Without rate or credential of a person: it must tell what there is while the database is away. */
const RULE = admissionRule({ operation: "GET /metrics", route: "/metrics" });

/** Answers `/metrics` in Prometheus text to who holds the metrics token. */
export const handleMetricsRequest = admitting({
  find: (method) =>
    method === "GET" ? { kind: "found", rule: RULE } : { kind: "method_not_allowed", allowed: ["GET"] },
  answer: tell,
});
