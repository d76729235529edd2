import "server-only";
import { cron, eventType } from "inngest";
import type { z } from "zod";
import type { DomainEvent } from "@/server/kernel/events";
import type { StepEnd, Work } from "@/server/kernel/work/declare-work";
import { runWork, type WorkDriver } from "@/server/kernel/work/run-work";
import { sweepIdOf } from "@/server/kernel/work/step-titles";
import { sweepWork } from "@/server/kernel/work/sweep-work";
import type { Ports } from "@/server/ports/ports";
import { jobContext } from "@/server/runtime/job-context";
import { passStep } from "@/server/runtime/step-probe";
import { inngest } from "./client";
import { asJob, failureOf } from "./job-errors";

/** A domain's event as the SDK takes it for a trigger: the same name, and data that is checked by the same schema. */
const triggerOf = <Schema extends z.ZodObject>(event: DomainEvent<Schema>) =>
  eventType<string, Schema>(event.name, { schema: event.schema as never });

/** Calls that may be lost before a run is given up: the most that Inngest takes, since a web process may be away for long. */
const RETRIES = 20;

/** What of Inngest's steps the loop needs. */
type Steps = {
  run(name: string, body: () => Promise<StepEnd>): Promise<unknown>;
  sleep(name: string, forMs: number): Promise<void>;
};

type Option = { readonly scope?: "env"; readonly key?: string; readonly limit: number };

const driverOf = (work: Work<Ports>, runId: string, steps: Steps): WorkDriver<Ports> => ({
  runId,
  step: async (name, stepId, body) =>
    (await steps.run(name, () =>
      asJob(async () => {
        await passStep({ functionId: work.id, stepId, phase: "before" });
        const end = await body(await jobContext(work.id));
        await passStep({ functionId: work.id, stepId, phase: "after" });
        return end;
      }),
    )) as StepEnd,
  pause: (name, forMs) => steps.sleep(name, forMs),
  failureOf,
});

function concurrencyOf({ concurrency: { oneAtATimeBy, limit } }: Work<Ports>): [Option] | [Option, Option] {
  const one: Option = { scope: "env", key: `event.data.${oneAtATimeBy}`, limit: 1 };
  return limit === undefined ? [one] : [one, { limit }];
}

/** The durable function of declared work. */
export const functionOf = (work: Work<Ports>) =>
  inngest.createFunction(
    {
      id: work.id,
      triggers: work.on.map(triggerOf),
      retries: RETRIES,
      concurrency: concurrencyOf(work),
      ...(work.isOnce ? { idempotency: `event.data.${work.subject}` } : {}),
      cancelOn: (work.cancelOn ?? []).map((event) => ({
        event: triggerOf(event),
        if: `event.data.${work.subject} == async.data.${work.subject}`,
      })),
      ...(work.limit === undefined ? {} : { timeouts: { finish: `${work.limit.minutes}m` } }),
      // The run died, not the work: what still wants it is found by its sweep, and another run may have it already.
      onFailure: async ({ event, step }) => {
        await step.run("log-failure", async () => {
          const { logger } = await jobContext(work.id);
          logger.error({ workId: work.id, runId: event.data.run_id, error: event.data.error.message }, "work.run.died");
        });
      },
    },
    async ({ event, step, runId }) =>
      runWork(
        work,
        driverOf(work, runId, {
          run: (name, body) => step.run(name, body),
          sleep: (name, forMs) => step.sleep(name, forMs),
        }),
        { name: event.name, data: event.data },
      ),
  );

/** Each minute: work of the kind that nobody is at is sent on its way again, and what is over its limit fails with a sentence. */
const sweepOf = (work: Work<Ports>) =>
  inngest.createFunction(
    { id: sweepIdOf(work), triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
    async ({ step }) => {
      await step.run("sweep", () => asJob(async () => sweepWork(work, await jobContext(sweepIdOf(work)))));
    },
  );

/** All that the job engine must know of declared work. */
export const functionsOf = (works: readonly Work<Ports>[]) =>
  works.flatMap((work) => [functionOf(work), ...(typeof work.stalled === "function" ? [sweepOf(work)] : [])]);
