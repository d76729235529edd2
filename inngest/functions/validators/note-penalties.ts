import "server-only";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { triggerOf } from "@/inngest/trigger-of";
import { validatorJailed, validatorTombstoned, validatorUnjailed } from "@/server/domains/chain";
import { notePenalty } from "@/server/domains/validators";
import { jobContext } from "@/server/runtime/job-context";

const PENALTIES = new Map([
  [validatorJailed.name, "jailed"],
  [validatorUnjailed.name, "unjailed"],
  [validatorTombstoned.name, "tombstoned"],
] as const);

/** The chain's news of a validator that was made here, told to those who own it. */
export const notePenalties = inngest.createFunction(
  {
    id: "validators.note-penalties",
    triggers: [triggerOf(validatorJailed), triggerOf(validatorUnjailed), triggerOf(validatorTombstoned)],
    retries: 15,
    concurrency: [{ limit: 5 }],
  },
  async ({ event, step }) => {
    const penalty = PENALTIES.get(event.name);
    if (penalty === undefined) return;
    const { networkId, operatorAddress, heightBlocks } = event.data;
    await step.run("note", () =>
      asJob(async () =>
        notePenalty(await jobContext("validators.note-penalties"), {
          networkId,
          operatorAddress,
          heightBlocks,
          penalty,
        }),
      ),
    );
  },
);
