import "server-only";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { triggerOf } from "@/inngest/trigger-of";
import { transactionExpired, transactionFailed, transactionIncluded } from "@/server/domains/chain";
import { confirmOnChain, settleTransactions } from "@/server/domains/validators";
import { SETUP_REQUEST } from "@/server/domains/validators/constants";
import { jobContext } from "@/server/runtime/job-context";

const FUNCTION_ID = "validators.settle-transaction";
const LOOK_SECONDS = 2;
const MAX_CONFIRMATIONS = 60;

/** Takes in what came of a request's transaction; after a block has it, looks until the chain shows the validator. */
export const settleTransaction = inngest.createFunction(
  {
    id: FUNCTION_ID,
    triggers: [triggerOf(transactionIncluded), triggerOf(transactionFailed), triggerOf(transactionExpired)],
    retries: 10,
    concurrency: [{ key: "event.data.subject.id", limit: 1 }],
  },
  async ({ event, step }) => {
    const { kind, id: setupRequestId } = event.data.subject;
    if (kind !== SETUP_REQUEST) return;
    const { isIncluded } = await step.run("settle", () =>
      asJob(async () => settleTransactions(await jobContext(FUNCTION_ID), { setupRequestId })),
    );
    for (let look = 1; isIncluded && look <= MAX_CONFIRMATIONS; look += 1) {
      const { isActive } = await step.run(`confirm-${look}`, () =>
        asJob(async () => confirmOnChain(await jobContext(FUNCTION_ID), { setupRequestId })),
      );
      if (isActive) return;
      await step.sleep(`confirm-pause-${look}`, `${LOOK_SECONDS}s`);
    }
  },
);
