import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { unauthenticated } from "@/server/kernel/errors";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { outboxBacklog } from "@/server/kernel/outbox";
import type { Runtime } from "@/server/runtime/runtime";
import type { Admitted } from "./admission/admit";
import { admitting } from "./admission/entry";
import { admissionRule } from "./admission/rule";
import { getMetrics } from "./metrics";

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

async function tell({ request, runtime, origin }: Admitted): Promise<Response> {
  const presented = /^Bearer (.{1,500})$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (presented === undefined || !isToken(presented, runtime.settings.metricsToken)) {
    throw unauthenticated(
      "auth.metrics_token_required",
      "Send the metrics token as bearer. It is METRICS_TOKEN of this installation.",
    );
  }
  const { requestId } = origin;
  await refreshFromDatabase(runtime).catch((thrown: unknown) =>
    runtime.logger.warn({ err: thrown, requestId }, "metrics.database.failed"),
  );
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
