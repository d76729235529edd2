import type { EngineContext } from "../engine-context";
import type { EngineEvent } from "../events/event";
import type { FunctionConfig } from "../registry/function-config";
import type { Tx } from "../state/database";
import { createRun } from "./create-run";
import { keyText } from "./keys";

/** How long an event id or an idempotency key acts only once (Inngest: 24 hours). */
export const dedupeMs = 86_400_000;

/** Takes a key for a time; false when it is already taken. */
export async function claimOnce(
  tx: Tx,
  scope: string,
  key: string,
  value: string,
  now: Date,
  forMs: number,
): Promise<boolean> {
  const expiresAt = new Date(now.getTime() + forMs);
  const claimed = await tx`
    insert into inngest_engine.dedupe as d (scope, key, value, expires_at) values (${scope}, ${key}, ${value}, ${expiresAt})
    on conflict (scope, key) do update set value = excluded.value, expires_at = excluded.expires_at where d.expires_at <= ${now}
    returning 1`;
  return claimed.length > 0;
}

/**
 * Starts a run of a triggered function, unless its idempotency or rate limit says no, or its debounce says later. Runs that are invoked or
 * replayed are asked for by name and do not come through here.
 */
export async function startTriggered(
  context: EngineContext,
  tx: Tx,
  config: FunctionConfig,
  event: EngineEvent,
): Promise<void> {
  const now = context.now();
  if (config.idempotency) {
    const key = keyText(config.idempotency, event);
    if (!(await claimOnce(tx, `idempotency:${config.id}`, key, event.id, now, dedupeMs))) {
      context.logger.info({ functionId: config.id, eventId: event.id, key }, "engine.run.skipped_as_duplicate");
      return;
    }
  }
  if (config.rateLimit && !(await takeRateLimit(tx, config.id, config.rateLimit, event, now))) {
    context.logger.info({ functionId: config.id, eventId: event.id }, "engine.run.skipped_by_rate_limit");
    return;
  }
  if (config.debounce) {
    await debounce(tx, config.id, config.debounce, event, now);
    return;
  }
  await createRun(context, tx, config, event);
}

async function takeRateLimit(
  tx: Tx,
  functionId: string,
  rule: NonNullable<FunctionConfig["rateLimit"]>,
  event: EngineEvent,
  now: Date,
): Promise<boolean> {
  const key = `${functionId}:${keyText(rule.key, event)}`;
  // One event at a time per key: two at once would both see room for the last run.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`rate_limit:${key}`}, 0))`;
  const since = new Date(now.getTime() - rule.periodMs);
  const [count] = await tx<{ hits: number }[]>`
    select count(*)::integer as hits from inngest_engine.rate_limit_hits where key = ${key} and at > ${since} and at <= ${now}`;
  if ((count?.hits ?? 0) >= rule.limit) return false;
  await tx`insert into inngest_engine.rate_limit_hits (key, at) values (${key}, ${now})`;
  return true;
}

async function debounce(
  tx: Tx,
  functionId: string,
  rule: NonNullable<FunctionConfig["debounce"]>,
  event: EngineEvent,
  now: Date,
): Promise<void> {
  const dueAt = new Date(now.getTime() + rule.periodMs);
  const longestMs = rule.timeoutMs ?? null;
  await tx`
    insert into inngest_engine.debounces as d (function_id, key, event, first_at, due_at, span_ms)
    values (${functionId}, ${keyText(rule.key, event)}, ${JSON.stringify(event)}, ${now}, ${dueAt}, ${rule.periodMs})
    on conflict (function_id, key) do update set event = excluded.event,
      due_at = least(excluded.due_at, d.first_at + ${longestMs}::bigint * interval '1 millisecond')`;
}
