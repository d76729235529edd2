import type { EngineContext } from "../engine-context";
import type { Tx } from "../state/database";

/** Extends the leases of the executions that this process is waiting for. */
export async function extendLeases(context: EngineContext, requestIds: readonly string[]): Promise<void> {
  const leaseUntil = new Date(context.now().getTime() + context.settings.leaseMs);
  await context.sql`
    update inngest_engine.calls set lease_until = ${leaseUntil} where leased and request_id = any(${[...requestIds]}::text[])`;
}

/**
 * Puts calls back in the queue whose lease has run out: their engine died, and the app has not reported since. What the app had already reported
 * is kept, so only the step that it was in may run again. Executions of this very process are left alone.
 */
export async function releaseExpired(
  context: EngineContext,
  tx: Tx,
  ownRequestIds: readonly string[],
): Promise<number> {
  const now = context.now();
  const own = [...ownRequestIds];
  // Calls of runs that have ended meanwhile, and discoveries that another discovery already waits to repeat, are simply dropped.
  await tx`
    delete from inngest_engine.calls c
    where leased and lease_until <= ${now} and request_id <> all(${own}::text[])
      and (exists (select 1 from inngest_engine.runs r where r.id = c.run_id and r.ended_at is not null)
        or (step_id is null and exists (
          select 1 from inngest_engine.calls other where other.run_id = c.run_id and other.step_id is null and not other.leased)))`;
  const released = await tx<{ request_id: string }[]>`
    update inngest_engine.calls set leased = false, lease_until = null, available_at = ${now}, delay_ms = 0
    where leased and lease_until <= ${now} and request_id <> all(${own}::text[])
    returning request_id`;
  if (released.length > 0) {
    await tx`
      update inngest_engine.attempts set ended_at = ${now}, outcome = 'lost'
      where request_id = any(${released.map((row) => row.request_id)}::text[])`;
  }
  return released.length;
}
