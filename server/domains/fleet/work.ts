import "server-only";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { advanceRun } from "./bulk/advance-run";
import { RUN_BULK, RUN_BULK_STEPS } from "./constants";
import { bulkRunRequested } from "./events";
import { listOpenRuns } from "./repository";

const asPlatform = (ctx: ServiceCtx<Ports>) => ({ ...ctx, organizationId: null });

/** Works through a bulk run, a few nodes at a time. */
const runBulk = defineWork<Ports>()({
  id: RUN_BULK,
  on: [bulkRunRequested],
  subject: "bulkRunId",
  generation: "generation",
  words: RUN_BULK_STEPS,
  steps: {
    advance: {
      // As long as the steps of one run last; what takes longer is taken up again by the sweep.
      look: { everyMs: 3_000, takesMs: 2_000, forMinutes: 40 },
      run: async (ctx, { data }) => advanceRun(asPlatform(ctx), data),
    },
  },
  concurrency: { oneAtATimeBy: "bulkRunId", limit: 5 },
  tries: 20,
  stalled: async (db, { afterId, limit }) =>
    (await listOpenRuns(db, afterId, limit)).map((run) => ({
      id: run.id,
      event: bulkRunRequested,
      data: { bulkRunId: run.id, generation: run.generation },
      changedAt: run.updatedAt,
      beganAt: run.createdAt,
    })),
});

/** All durable work of the domain. */
export const work = [runBulk] as const;
