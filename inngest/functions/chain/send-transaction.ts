import "server-only";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { triggerOf } from "@/inngest/trigger-of";
import { recordOutcomeOf, sendAccepted, transactionAccepted, watchTransaction } from "@/server/domains/chain";
import { TRANSACTION_TIMEOUT_MINUTES } from "@/server/domains/chain/constants";
import { jobContext } from "@/server/runtime/job-context";

const FUNCTION_ID = "chain.send-transaction";
const LOOK_SECONDS = 2;
const MAX_LOOKS = (TRANSACTION_TIMEOUT_MINUTES * 60) / LOOK_SECONDS;

/**
 * Brings an accepted transaction to the chain and its answer back. The signed bytes were kept before this began, so a crash anywhere sends the
 * same transaction again, never another one. An answer that got lost is looked up by hash.
 */
export const sendTransaction = inngest.createFunction(
  {
    id: FUNCTION_ID,
    triggers: [triggerOf(transactionAccepted)],
    retries: 10,
    concurrency: [{ key: "event.data.transactionId", limit: 1 }],
    idempotency: "event.data.transactionId",
  },
  async ({ event, step }) => {
    const ref = { transactionId: event.data.transactionId };
    const sent = await step.run("send", () => asJob(async () => sendAccepted(await jobContext(FUNCTION_ID), ref)));
    if (sent.outcome === "refused") return;
    let found = await step.run("look", () => asJob(async () => watchTransaction(await jobContext(FUNCTION_ID), ref)));
    for (let look = 2; !found.isFound && look <= MAX_LOOKS; look += 1) {
      await step.sleep(`look-pause-${look}`, `${LOOK_SECONDS}s`);
      found = await step.run(`look-${look}`, () =>
        asJob(async () => watchTransaction(await jobContext(FUNCTION_ID), ref)),
      );
    }
    await step.run("record", () => asJob(async () => recordOutcomeOf(await jobContext(FUNCTION_ID), ref, found)));
  },
);
