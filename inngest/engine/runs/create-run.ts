import type { EngineContext } from "../engine-context";
import type { EngineEvent } from "../events/event";
import { indexedEquality } from "../expression";
import type { FunctionConfig } from "../registry/function-config";
import { parseDueTime } from "../scheduling/duration";
import type { Tx } from "../state/database";
import { concurrencyGates, keyText, rankOf } from "./keys";

/** What a run may be given besides its function and event. */
export type RunOrigin = {
  readonly runId?: string;
  readonly parent?: { readonly runId: string; readonly stepId: string };
  readonly replayOf?: string;
};

/** Queues a run: its first call, what may cancel it, and how long it may wait to start. Returns its id. */
export async function createRun(
  context: Pick<EngineContext, "newId" | "now">,
  tx: Tx,
  config: FunctionConfig,
  event: EngineEvent,
  origin: RunOrigin = {},
): Promise<string> {
  const now = context.now();
  const id = origin.runId ?? context.newId();
  const rankAt = rankOf(config, event, now);
  const gates = concurrencyGates(config, event);
  const throttleKey = config.throttle ? `${config.id}:${keyText(config.throttle.key, event)}` : null;
  await tx`
    insert into inngest_engine.runs
      (id, function_id, function_name, event_id, event_name, event, status, rank_at, gates, max_attempts, parent_run_id, parent_step_id, replay_of, queued_at)
    values
      (${id}, ${config.id}, ${config.name}, ${event.id}, ${event.name}, ${JSON.stringify(event)}, 'queued', ${rankAt}, ${gates}, ${config.maxAttempts},
       ${origin.parent?.runId ?? null}, ${origin.parent?.stepId ?? null}, ${origin.replayOf ?? null}, ${now})`;
  // As on the server: a negative priority is a start that many seconds later, a positive one only a place further ahead.
  const delayMs = Math.max(0, rankAt.getTime() - now.getTime());
  const availableAt = new Date(now.getTime() + delayMs);
  await tx`
    insert into inngest_engine.calls (id, run_id, function_id, available_at, delay_ms, rank_at, gates, throttle_key)
    values (${context.newId()}, ${id}, ${config.id}, ${availableAt}, ${delayMs}, ${rankAt}, ${gates}, ${throttleKey})`;
  if (config.startTimeoutMs !== undefined) {
    const dueAt = new Date(now.getTime() + config.startTimeoutMs);
    await tx`
      insert into inngest_engine.timers (run_id, kind, due_at, span_ms)
      values (${id}, 'start', ${dueAt}, ${config.startTimeoutMs})`;
  }
  for (const rule of config.cancelOn) {
    const equality = rule.condition && indexedEquality(rule.condition.expression, event);
    const expiresAt = rule.timeout === undefined ? null : (parseDueTime(rule.timeout, now)?.dueAt ?? null);
    await tx`
      insert into inngest_engine.waits (run_id, event_name, expression, match_path, match_value, expires_at)
      values (${id}, ${rule.event}, ${rule.condition?.source ?? null}, ${equality?.path ?? null}, ${equality?.value ?? null}, ${expiresAt})`;
  }
  return id;
}
