import type { Transaction } from "@/db/client";
import type { ServiceCtx } from "../context";
import { insertOutboxEvent } from "../outbox";
import type { OpenWork, Work } from "./declare-work";
import { LOST_AFTER_MINUTES, lastHeardOf, markResent, refOf } from "./work-runs";

const PAGE = 500;
/** Pieces that one sweep sends again; the next one, a minute later, takes those behind them. */
const BATCH = 100;

const minutesBefore = (now: Date, minutes: number): number => now.getTime() - minutes * 60_000;

/** Every row that still wants the work. */
async function findOpen<Ports>(work: Work<Ports>, ctx: Pick<ServiceCtx, "db">): Promise<readonly OpenWork[]> {
  if (typeof work.stalled !== "function") return [];
  const open: OpenWork[] = [];
  for (let afterId: string | undefined = ""; afterId !== undefined; ) {
    const page: readonly OpenWork[] = await work.stalled(ctx.db, { afterId, limit: PAGE });
    open.push(...page);
    afterId = page.length < PAGE ? undefined : page.at(-1)?.id;
  }
  return open;
}

/** Of these, those of which neither row nor run was heard for long, longest ago first. */
async function silentOf<Ports>(work: Work<Ports>, tx: Transaction, open: readonly OpenWork[], now: Date) {
  const refs = open.map(({ data }) => refOf(work, data));
  const runs = await lastHeardOf(tx, refs);
  return open
    .map((one, index) => ({ ...one, heardAtMs: Math.max(one.changedAt.getTime(), runs[index]?.getTime() ?? 0) }))
    .filter(({ heardAtMs }) => heardAtMs < minutesBefore(now, LOST_AFTER_MINUTES))
    .sort((a, b) => a.heardAtMs - b.heardAtMs)
    .slice(0, BATCH);
}

/** One piece that cannot be failed is no reason to leave the others: it is told, and the next sweep tries it again. */
async function failOverdue<Ports>(work: Work<Ports>, ctx: ServiceCtx<Ports>, { id, data }: OpenWork): Promise<void> {
  if (work.limit === undefined) return;
  try {
    await work.fail?.(ctx, { data, runId: null }, work.limit.failure);
  } catch (thrown) {
    ctx.logger.error({ err: thrown, workId: work.id, subjectId: id }, "work.sweep.not_failed");
  }
}

/**
 * Fails work that is over its limit, then sends lost work on its way again: the same event, which finds its steps done or repeats them. Work that
 * is merely queued for long looks the same, so each is sent once in a while only, and goes behind those that were not sent yet.
 */
export async function sweepWork<Ports>(
  work: Work<Ports>,
  ctx: ServiceCtx<Ports>,
): Promise<{ readonly overdue: number; readonly resent: number }> {
  const now = ctx.now();
  const { limit } = work;
  const open = await findOpen(work, ctx);
  const isOverdue = ({ beganAt }: OpenWork): boolean =>
    limit !== undefined && beganAt.getTime() < minutesBefore(now, limit.minutes);
  const overdue = open.filter(isOverdue);
  for (const one of overdue) await failOverdue(work, ctx, one);
  const silent = await ctx.db.transaction(async (tx) => {
    const found = await silentOf(
      work,
      tx,
      open.filter((one) => !isOverdue(one)),
      now,
    );
    for (const { event, data } of found) {
      await insertOutboxEvent(tx, { name: event.name, data: event.schema.parse(data) }, now);
    }
    await markResent(
      tx,
      found.map(({ data }) => refOf(work, data)),
      now,
    );
    return found;
  });
  return { overdue: overdue.length, resent: silent.length };
}
