import "server-only";
import { isRuntimeUsed } from "@/server/domains/validators";
import { isAppError } from "@/server/kernel/errors";
import {
  HEARTBEAT_STALE_SECONDS,
  JOBS_BEAT,
  JOBS_BEAT_STALE_SECONDS,
  listHeartbeats,
} from "@/server/kernel/heartbeats";
import { outboxBacklog } from "@/server/kernel/outbox";
import { pingDatabase } from "@/server/kernel/ping-database";
import { NODE_HOST_KINDS, type NodeHostKind } from "@/server/ports/node-host";
import { PROCESSES } from "@/server/processes/processes.mjs";
import type { Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { newRequestId } from "../request-origin";
import type { ComponentCheck, ComponentHealth } from "./component";

const SLOW_DATABASE_MS = 500;
/** Events leave within seconds; this long means that nobody takes them. */
const OUTBOX_LATE_SECONDS = 120;
const HOST_DEADLINE_MS = 1_200;

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

/** What a process last said, unless that was too long ago to mean anything. */
function healthOfBeat(name: string, beat: Beats[number] | undefined, stale: "down" | "unknown"): ComponentHealth {
  if (!beat) return { name, status: "unknown", reason: "It has never reported.", ageSeconds: null };
  const ageSeconds = Math.round(beat.ageSeconds);
  if (beat.ageSeconds > HEARTBEAT_STALE_SECONDS) {
    return { name, status: stale, reason: `No sign of life for ${ageSeconds} s.`, ageSeconds };
  }
  return { name, status: beat.status, reason: beat.reason, ageSeconds };
}

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

const CHAIN_PREFIX = "watcher:";

/** Each process of the table that answers for a component of its own name. */
const ofProcesses = (runtime: Runtime): ComponentCheck => {
  const names = PROCESSES.flatMap((one) => (one.runs !== "once" && one.health === one.name ? [one.name] : []));
  return {
    names,
    run: async () => {
      const beats = await listHeartbeats(runtime.db);
      return [
        ...names.map((name) =>
          healthOfBeat(
            name,
            beats.find((beat) => beat.component === name),
            "down",
          ),
        ),
        // A silent watcher says nothing of the chain itself.
        ...beats
          .filter((beat) => beat.component.startsWith(CHAIN_PREFIX))
          .map((beat) => healthOfBeat(`chain:${beat.component.slice(CHAIN_PREFIX.length)}`, beat, "unknown")),
      ];
    },
  };
};

const serviceCtx = (runtime: Runtime) =>
  makeServiceCtx(runtime, {
    actor: { kind: "system", name: "health" },
    organizationId: null,
    origin: { requestId: newRequestId(), ipAddress: null, userAgent: null },
  });

const ofNodeHost = (runtime: Runtime, kind: NodeHostKind): ComponentCheck => ({
  names: [`runtime:${kind}`],
  run: async (signal) => {
    const name = `runtime:${kind}`;
    const { nodeHosts } = await runtime.ports();
    try {
      await nodeHosts[kind].ping({ signal, deadlineMs: HOST_DEADLINE_MS });
      return [{ name, status: "ok", reason: null, ageSeconds: 0 }];
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const down: ComponentHealth = { name, status: "down", reason: thrown.message, ageSeconds: 0 };
      const { isUsed } = await isRuntimeUsed(await serviceCtx(runtime), { runtime: kind });
      return [isUsed ? down : { ...down, isOptional: true }];
    }
  },
});

/** Everything that `/api/health` reports. */
export const healthChecks = (runtime: Runtime): readonly ComponentCheck[] => [
  ofDatabase(runtime),
  ofJobs(runtime),
  ofProcesses(runtime),
  ...NODE_HOST_KINDS.map((kind) => ofNodeHost(runtime, kind)),
];
