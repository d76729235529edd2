import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { unauthenticated } from "@/server/kernel/errors";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { outboxBacklog } from "@/server/kernel/outbox";
import { getRuntime, type Runtime } from "@/server/runtime/runtime";
import { getMetrics } from "./metrics";
import { problemResponse } from "./problem";
import { requestOrigin } from "./request-origin";
import { API_SECURITY_HEADERS } from "./security-headers";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Compares without telling by time how much was right; hashing first makes the lengths equal. */
const isToken = (presented: string, expected: string): boolean => timingSafeEqual(digest(presented), digest(expected));

/** Figures that only the database has; left as they were when it does not answer, which `/api/health` tells. */
async function refreshFromDatabase(runtime: Runtime): Promise<void> {
  const { outboxOldestSeconds, outboxWaiting, heartbeatAgeSeconds } = getMetrics();
  const backlog = await outboxBacklog(runtime.db);
  outboxWaiting.set(backlog.count);
  outboxOldestSeconds.set(backlog.oldestAgeSeconds ?? 0);
  for (const beat of await listHeartbeats(runtime.db)) {
    heartbeatAgeSeconds.set({ component: beat.component }, beat.ageSeconds);
  }
}

/** Answers `/metrics` in Prometheus text to who holds the metrics token. */
export async function handleMetricsRequest(request: Request): Promise<Response> {
  const runtime = await getRuntime();
  const { publicUrl, metricsToken, trustedProxyCount } = runtime.settings;
  const { requestId } = requestOrigin(request.headers, trustedProxyCount);
  const presented = /^Bearer (.{1,500})$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (presented === undefined || !isToken(presented, metricsToken)) {
    return problemResponse(
      unauthenticated(
        "auth.metrics_token_required",
        "Send the metrics token as bearer. It is METRICS_TOKEN of this installation.",
      ),
      { requestId, publicUrl },
    );
  }
  await refreshFromDatabase(runtime).catch((thrown: unknown) =>
    runtime.logger.warn({ err: thrown, requestId }, "metrics.database.failed"),
  );
  const { registry } = getMetrics();
  return new Response(await registry.metrics(), {
    headers: { ...API_SECURITY_HEADERS, "content-type": registry.contentType, "x-request-id": requestId },
  });
}
