import { and, eq, inArray, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { workRuns } from "@/db/schema/system";
import { conflict } from "../errors";
import type { Work } from "./declare-work";

/** Work of which nothing has been heard for so long is taken for lost: a run says something with each step and each look. */
export const LOST_AFTER_MINUTES = 3;

export type WorkRef = { readonly workId: string; readonly subject: string; readonly generation: number };

/** Names the piece of work that this data is about. */
export const refOf = <Ports>(
  work: Pick<Work<Ports>, "id" | "subject" | "generation">,
  data: Readonly<Record<string, unknown>>,
): WorkRef => ({
  workId: work.id,
  subject: String(data[work.subject]),
  generation: work.generation === undefined ? 0 : Number(data[work.generation]),
});

const overtaken = () => conflict("kernel.superseded", "Another run has this work now; this one stops here.");
const instantOf = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const silentSince = (now: Date): Date => new Date(now.getTime() - LOST_AFTER_MINUTES * 60_000);

/**
 * Takes the work for a run, or keeps it. Work that seems lost is sent again, so two runs may come for one piece: the first has it, and loses it
 * only by silence or to a newer wish. Answers how often this run has begun this step. @throws conflict kernel.superseded
 */
export async function holdWork(
  db: Executor,
  hold: WorkRef & { readonly runId: string; readonly step: string; readonly now: Date },
): Promise<{ readonly tries: number }> {
  const at = instantOf(hold.now);
  const [held] = await db.execute<{ tries: number }>(sql`
    insert into work_runs as w (work_id, subject, generation, run_id, step, tries, heard_at)
    values (${hold.workId}, ${hold.subject}, ${hold.generation}, ${hold.runId}, ${hold.step}, 1, ${at})
    on conflict (work_id, subject) do update set
      generation = excluded.generation, run_id = excluded.run_id, step = excluded.step, heard_at = excluded.heard_at,
      tries = case when w.run_id = excluded.run_id and w.step = excluded.step then w.tries + 1 else 1 end
    where w.generation < excluded.generation or (w.generation = excluded.generation and (
      w.run_id is null or w.run_id = excluded.run_id or w.heard_at is null or w.heard_at <= ${instantOf(silentSince(hold.now))}))
    returning tries`);
  if (held === undefined) throw overtaken();
  return { tries: held.tries };
}

/** The work has ended for this run; what another one has is left alone. */
export async function leaveWork(db: Executor, hold: WorkRef & { readonly runId: string }): Promise<void> {
  const { workId, subject, runId } = workRuns;
  await db.delete(workRuns).where(and(eq(workId, hold.workId), eq(subject, hold.subject), eq(runId, hold.runId)));
}

/** Whether another run has taken the work over; locks, so that none does before the transaction ends. */
export async function isHeldByAnother(tx: Transaction, hold: WorkRef & { readonly runId: string }): Promise<boolean> {
  const { workId, subject } = workRuns;
  const [row] = await tx
    .select()
    .from(workRuns)
    .where(and(eq(workId, hold.workId), eq(subject, hold.subject)))
    .for("update");
  if (row === undefined || row.runId === null) return false;
  return row.generation > hold.generation || (row.generation === hold.generation && row.runId !== hold.runId);
}

/** When each was last heard of, or last sent on its way; null where nobody knows of it. */
export async function lastHeardOf(db: Executor, refs: readonly WorkRef[]): Promise<readonly (Date | null)[]> {
  const [first] = refs;
  if (first === undefined) return [];
  const rows = await db
    .select()
    .from(workRuns)
    .where(
      and(
        eq(workRuns.workId, first.workId),
        inArray(
          workRuns.subject,
          refs.map(({ subject }) => subject),
        ),
      ),
    );
  const bySubject = new Map(rows.map((row) => [row.subject, row]));
  return refs.map((ref) => {
    const known = bySubject.get(ref.subject);
    const row = known?.generation === ref.generation ? known : undefined;
    const times = [row?.heardAt, row?.resentAt].flatMap((at) => (at ? [at.getTime()] : []));
    return times.length === 0 ? null : new Date(Math.max(...times));
  });
}

/** Notes that the work was sent on its way again, so that it is left alone for a while. */
export async function markResent(tx: Transaction, refs: readonly WorkRef[], now: Date): Promise<void> {
  if (refs.length === 0) return;
  await tx
    .insert(workRuns)
    .values(refs.map((ref) => ({ ...ref, resentAt: now })))
    .onConflictDoUpdate({
      target: [workRuns.workId, workRuns.subject],
      set: { resentAt: now, generation: sql`greatest(${workRuns.generation}, excluded.generation)` },
    });
}
