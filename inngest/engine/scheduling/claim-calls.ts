import type { CallRow, LeasedCall } from "../calls/call-row";
import type { EngineContext } from "../engine-context";
import { readGate } from "../runs/keys";
import type { Sql, Tx } from "../state/database";
import { admit } from "./throttle";

/** What one engine remembers between two looks at the queue, so that a saturated key is not read over and over. */
export type ClaimMemory = {
  /** Gates that were found closed. */
  readonly closedGates: Set<string>;
  /** Throttle keys and the Unix milliseconds until which they admit nothing. */
  readonly throttledUntil: Map<string, number>;
};

/** An empty memory. */
export function createClaimMemory(): ClaimMemory {
  return { closedGates: new Set(), throttledUntil: new Map() };
}

/**
 * Leases up to `room` due calls. Functions take turns, and within one the run that ranks first goes first; a call whose concurrency gate is
 * closed or whose throttle says later is passed over, never in the way of others. Only the active engine may call this, one at a time.
 */
export async function claimCalls(context: EngineContext, memory: ClaimMemory, room: number): Promise<LeasedCall[]> {
  const now = context.now();
  const active = await activeByKey(context.sql);
  const isClosed = (gate: string): boolean => {
    const { limit, key } = readGate(gate);
    return (active.get(key) ?? 0) >= limit;
  };
  for (const gate of memory.closedGates) if (!isClosed(gate)) memory.closedGates.delete(gate);
  for (const [key, until] of memory.throttledUntil) if (until <= now.getTime()) memory.throttledUntil.delete(key);

  const chosen: CallRow[] = [];
  const arrivals = new Map<string, number>();
  while (chosen.length < room) {
    const candidates = await dueCalls(context.sql, now, memory, chosen, Math.min(200, (room - chosen.length) * 2));
    const before = chosen.length + memory.closedGates.size + memory.throttledUntil.size;
    for (const call of candidates) {
      if (chosen.length >= room) break;
      const closed = call.gates.filter(isClosed);
      if (closed.length > 0) {
        for (const gate of closed) memory.closedGates.add(gate);
      } else if (await passesThrottle(context, memory, arrivals, call, now)) {
        chosen.push(call);
        for (const gate of call.gates) {
          const { key } = readGate(gate);
          active.set(key, (active.get(key) ?? 0) + 1);
        }
      }
    }
    if (before === chosen.length + memory.closedGates.size + memory.throttledUntil.size) break;
  }
  return chosen.length === 0 ? [] : lease(context, chosen, arrivals, now);
}

async function activeByKey(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ gates: string[] }[]>`select gates from inngest_engine.calls where leased`;
  const active = new Map<string, number>();
  for (const gate of rows.flatMap((row) => row.gates)) {
    const { key } = readGate(gate);
    active.set(key, (active.get(key) ?? 0) + 1);
  }
  return active;
}

async function dueCalls(
  sql: Sql,
  now: Date,
  memory: ClaimMemory,
  chosen: readonly CallRow[],
  limit: number,
): Promise<CallRow[]> {
  return sql<CallRow[]>`
    select id, run_id, function_id, step_id, attempt, generation, gates, throttle_key from (
      select c.*, row_number() over (partition by function_id order by rank_at, id) as turn
      from inngest_engine.calls c
      where not leased and available_at <= ${now}
        and not (gates && ${[...memory.closedGates]}::text[])
        and (throttle_key is null or throttle_key <> all(${[...memory.throttledUntil.keys()]}::text[]))
        and id <> all(${chosen.map((call) => call.id)}::text[])
        and (step_id is not null or not exists (
          select 1 from inngest_engine.calls other where other.run_id = c.run_id and other.leased and other.step_id is null))
    ) due order by turn, rank_at, id limit ${limit}`;
}

async function passesThrottle(
  context: EngineContext,
  memory: ClaimMemory,
  arrivals: Map<string, number>,
  call: CallRow,
  now: Date,
): Promise<boolean> {
  const rule = context.registry.find(call.function_id)?.throttle?.rule;
  const key = call.throttle_key;
  if (key === null || rule === undefined) return true;
  if (memory.throttledUntil.has(key)) return false;
  const [stored] = await context.sql<{ next_arrival_ms: number }[]>`
    select next_arrival_ms from inngest_engine.throttles where key = ${key}`;
  const answer = admit(rule, arrivals.get(key) ?? stored?.next_arrival_ms, now.getTime());
  if (!answer.admitted) {
    memory.throttledUntil.set(key, answer.retryAtMs);
    return false;
  }
  arrivals.set(key, answer.nextArrivalMs);
  return true;
}

async function lease(
  context: EngineContext,
  chosen: readonly CallRow[],
  arrivals: ReadonlyMap<string, number>,
  now: Date,
): Promise<LeasedCall[]> {
  const requestIds = new Map(chosen.map((call) => [call.id, context.newId()]));
  const leaseUntil = new Date(now.getTime() + context.settings.leaseMs);
  const take = async (tx: Tx): Promise<(CallRow & { request_id: string })[]> => {
    // What is running was counted before this transaction; the count holds only while no other engine leases beside us.
    const stillActive = await tx`
      select 1 from inngest_engine.engine where instance_id = ${context.instanceId} for share`;
    if (stillActive.length === 0) return [];
    for (const [key, nextArrivalMs] of arrivals) {
      await tx`
        insert into inngest_engine.throttles (key, next_arrival_ms) values (${key}, ${nextArrivalMs})
        on conflict (key) do update set next_arrival_ms = excluded.next_arrival_ms`;
    }
    return tx<(CallRow & { request_id: string })[]>`
      update inngest_engine.calls c
      set leased = true, lease_until = ${leaseUntil}, request_id = taken.request_id, generation = c.generation + 1, throttle_key = null
      from (select unnest(${[...requestIds.keys()]}::text[]) as id, unnest(${[...requestIds.values()]}::text[]) as request_id) taken
      where c.id = taken.id and not c.leased
      returning c.id, c.run_id, c.function_id, c.step_id, c.attempt, c.generation, c.gates, c.throttle_key, c.request_id`;
  };
  const leased = await context.sql.begin(take);
  const inOrder = new Map(leased.map((call) => [call.id, call]));
  return chosen.flatMap((call) => {
    const row = inOrder.get(call.id);
    return row === undefined ? [] : [{ ...row, requestId: row.request_id }];
  });
}
