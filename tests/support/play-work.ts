import { NonRetriableError } from "inngest";
import { asJob, failureOf } from "@/inngest/job-errors";
import type { ServiceCtx } from "@/server/kernel/context";
import type { StepEnd, Work, WorkData } from "@/server/kernel/work/declare-work";
import { runWork } from "@/server/kernel/work/run-work";

/** A clock that only waiting moves, so that hours of retries take no time. */
export type PlayedClock = { nowMs: number };

/** An Inngest server as one was seen to behave: a call that the app does not answer costs an attempt, and the next comes 15 to 45 seconds later. */
export type PlayedServer = {
  readonly clock: PlayedClock;
  /** Attempts that each step has, the first one included. */
  readonly attempts: number;
  /** Whether the web process is away at this moment. */
  readonly isAway?: (nowMs: number) => boolean;
  /** Whether the answer to this step is lost although the step was done. */
  readonly isAnswerLost?: (name: string, attempt: number) => boolean;
  readonly context: (now: () => Date) => Promise<ServiceCtx>;
};

const WAITS_MS = [15_000, 25_000, 35_000, 45_000];
const waitMs = (attempt: number): number => WAITS_MS[Math.min(attempt, WAITS_MS.length) - 1] ?? 45_000;

/** Plays one run to its end. `died` is the end that the work itself never hears of: the server gives the run up, as `onFailure` tells. */
export async function playRun(
  work: Work,
  server: PlayedServer,
  run: { readonly runId: string; readonly name: string; readonly data: WorkData },
): Promise<"ended" | "died"> {
  const { clock, attempts } = server;
  let die: () => void = () => {};
  const died = new Promise<"died">((resolve) => {
    die = () => resolve("died");
  });
  const step = async (name: string, body: (ctx: ServiceCtx) => Promise<StepEnd>): Promise<StepEnd> => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (!server.isAway?.(clock.nowMs)) {
        try {
          const end = await asJob(async () => body(await server.context(() => new Date(clock.nowMs))));
          if (!server.isAnswerLost?.(name, attempt)) return JSON.parse(JSON.stringify(end)) as StepEnd;
        } catch (thrown) {
          // What the app itself says of its last attempt reaches the work; a lost call does not.
          if (thrown instanceof NonRetriableError || attempt === attempts) throw thrown;
        }
      }
      clock.nowMs += waitMs(attempt);
    }
    die();
    return new Promise<never>(() => {});
  };
  const ended = runWork(
    work,
    {
      runId: run.runId,
      step: (name, _stepId, body) => step(name, body),
      pause: async (_name, forMs) => {
        clock.nowMs += forMs;
      },
      failureOf,
    },
    run,
  ).then(() => "ended" as const);
  return Promise.race([ended, died]);
}
