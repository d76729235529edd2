import "server-only";
import { domains } from "@/server/domains/domains";
import { type ComponentHealth, type HealthRow, healthOfBeat } from "@/server/kernel/health";
import { JOBS_BEAT, JOBS_BEAT_STALE_SECONDS, listHeartbeats } from "@/server/kernel/heartbeats";
import { outboxBacklog } from "@/server/kernel/outbox";
import { pingDatabase } from "@/server/kernel/ping-database";
import type { Ports } from "@/server/ports/ports";
import { PROCESSES } from "@/server/processes/processes.mjs";
import type { Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { newRequestId } from "../request-origin";
import type { ComponentCheck } from "./component";

const SLOW_DATABASE_MS = 500;
/** Events leave within seconds; this long means that nobody takes them. */
const OUTBOX_LATE_SECONDS = 120;

type Beats = Awaited<ReturnType<typeof listHeartbeats>>;

const ofDatabase = (runtime: Runtime): ComponentCheck => ({
  names: ["database"],
  run: async () => {
    try {
      const tookMs = await pingDatabase(runtime.db);
      const isSlow = tookMs > SLOW_DATABASE_MS;
      return [
        {
          name: "database",
          status: isSlow ? "degraded" : "ok",
          reason: isSlow ? `It takes ${Math.round(tookMs)} ms to answer.` : null,
          ageSeconds: 0,
        },
      ];
    } catch {
      return [{ name: "database", status: "down", reason: "It does not answer.", ageSeconds: 0 }];
    }
  },
});

/**
 * The embedded engine reports; a real Inngest server is asked (`GET /health`, as its own images do for their health check), and a scheduled job
 * must have run lately, which it only does while the functions are registered and the server reaches this installation.
 */
async function healthOfEngine(runtime: Runtime, beats: Beats, signal: AbortSignal): Promise<ComponentHealth> {
  const beatOf = (component: string) => beats.find((beat) => beat.component === component);
  const { inngestBaseUrl } = runtime.settings;
  if (inngestBaseUrl === null) return healthOfBeat("jobs", beatOf("engine"), "down");
  const down = (reason: string): ComponentHealth => ({ name: "jobs", status: "down", reason, ageSeconds: 0 });
  try {
    const answer = await fetch(new URL("/health", inngestBaseUrl), { signal, redirect: "manual" });
    await answer.body?.cancel();
    if (!answer.ok) return down(`The Inngest server answers ${answer.status}.`);
  } catch {
    return down("The Inngest server does not answer.");
  }
  const scheduled = beatOf(JOBS_BEAT);
  const ageSeconds = scheduled === undefined ? null : Math.round(scheduled.ageSeconds);
  if (ageSeconds === null) {
    const reason = "The Inngest server answers; no scheduled job has run yet, which takes up to a minute.";
    return { name: "jobs", status: "unknown", reason, ageSeconds };
  }
  if (ageSeconds > JOBS_BEAT_STALE_SECONDS) {
    const reason = `The Inngest server answers but has run no scheduled job for ${ageSeconds} s: see "no job runs" in docs/operations.md.`;
    return { name: "jobs", status: "down", reason, ageSeconds };
  }
  return { name: "jobs", status: "ok", reason: null, ageSeconds };
}

function withBacklog(engine: ComponentHealth, backlog: Awaited<ReturnType<typeof outboxBacklog>>): ComponentHealth {
  const waitedSeconds = backlog.oldestAgeSeconds ?? 0;
  if (engine.status !== "ok" || waitedSeconds <= OUTBOX_LATE_SECONDS) return engine;
  const reason = `${backlog.count} events wait, the oldest for ${Math.round(waitedSeconds)} s.`;
  return { ...engine, status: "degraded", reason };
}

const ofJobs = (runtime: Runtime): ComponentCheck => ({
  names: ["jobs"],
  run: async (signal) => {
    const beats = await listHeartbeats(runtime.db);
    const engine = await healthOfEngine(runtime, beats, signal);
    return [withBacklog(engine, await outboxBacklog(runtime.db))];
  },
});

/** Each process of the table that answers for a component of its own name. */
const ofProcesses = (runtime: Runtime): ComponentCheck => {
  const names = PROCESSES.flatMap((one) => (one.runs !== "once" && one.health === one.name ? [one.name] : []));
  return {
    names,
    run: async () => {
      const beats = await listHeartbeats(runtime.db);
      const beatOf = (name: string) => beats.find((beat) => beat.component === name);
      return names.map((name) => healthOfBeat(name, beatOf(name), "down"));
    },
  };
};

const serviceCtx = (runtime: Runtime) =>
  makeServiceCtx(runtime, {
    actor: { kind: "system", name: "health" },
    organizationId: null,
    origin: { requestId: newRequestId(), ipAddress: null, userAgent: null },
  });

const ofDomain = (runtime: Runtime, row: HealthRow<Ports>): ComponentCheck => ({
  names: row.names,
  run: async (signal) => row.run(await serviceCtx(runtime), signal),
});

/** Everything that `/api/health` reports: the platform's own rows, then those of each domain. */
export const healthChecks = (runtime: Runtime): readonly ComponentCheck[] => [
  ofDatabase(runtime),
  ofJobs(runtime),
  ofProcesses(runtime),
  ...domains.flatMap(({ health }) => health.map((row) => ofDomain(runtime, row))),
];
