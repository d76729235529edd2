import { z } from "zod";
import { listAnySubjectTransactions } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { pagesById, SweepPage } from "@/server/kernel/pages-by-id";
import { canTransition } from "@/server/kernel/states";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { wordOf } from "../acts/settle-act";
import { subjectOfRun } from "../constants";
import { COMPOUND_RUN_MOVES } from "../states";
import { compoundRunMachine } from "./machine";
import { findRun, listUnsettledRuns, lockRun } from "./repository";

const EXPIRED_LOOKED_AT_MS = 24 * 3_600_000;

/** Asked again under the lock, since the sweep and the event's run may both come. */
const recordRunEnd = defineChange(
  "staking.record-compound-run-end",
  async (ctx: CommandCtx<string | null>, { runId }: { readonly runId: string }) => {
    const run = await lockRun(ctx.tx, runId);
    const word = wordOf(await listAnySubjectTransactions(ctx, { subject: subjectOfRun(runId) }));
    if (run === undefined || word === null || !canTransition(COMPOUND_RUN_MOVES, run.status, word.end)) {
      ctx.audit({
        action: "staking.compound_run.late_word_ignored",
        targetType: "compoundRun",
        targetId: runId,
        ...(run === undefined ? {} : { organizationId: run.organizationId }),
      });
      return;
    }
    const { end, transaction } = word;
    await move(ctx, compoundRunMachine, run, end, {
      reason: transaction.statusReason,
      patch: { heightBlocks: transaction.height, reason: end === "done" ? null : transaction.rawLog },
    });
  },
);

/** Takes in what chain has recorded of a compounding's transaction. Repeats safely. */
export const settleCompoundRun = defineFlow()({
  verb: "staking.settle-compound-run",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ runId: z.string() }),
  run: async (ctx, { runId }) => {
    const run = await findRun(ctx.db, runId);
    const word = run && wordOf(await listAnySubjectTransactions(ctx, { subject: subjectOfRun(runId) }));
    if (run && word && canTransition(COMPOUND_RUN_MOVES, run.status, word.end)) await recordRunEnd(ctx, { runId });
    return {};
  },
});

/** Takes in outcomes whose event was lost. */
export const settleCompoundRuns = defineFlow()({
  verb: "staking.settle-compound-runs",
  scope: "platform:write",
  tenancy: "platform",
  input: SweepPage,
  run: async (ctx, { pageSize }) => {
    const expiredSince = new Date(ctx.now().getTime() - EXPIRED_LOOKED_AT_MS);
    let seen = 0;
    const pages = pagesById(pageSize, (afterId) =>
      listUnsettledRuns(ctx.db, { expiredSince, afterId, limit: pageSize }),
    );
    for await (const runs of pages) {
      for (const { id: runId } of runs) await settleCompoundRun(ctx, { runId });
      seen += runs.length;
    }
    return { seen };
  },
});
