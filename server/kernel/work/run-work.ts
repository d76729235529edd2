import type { ServiceCtx } from "../context";
import { ERROR_TABLE } from "../error-table";
import { isAppError, toAppError } from "../errors";
import { type Failure, looksOf, type StepAt, type StepEnd, type Work, type WorkData } from "./declare-work";
import { holdWork, isHeldByAnother, leaveWork, refOf } from "./work-runs";

/** Whether the code says that a newer wish, or another run, has the work now: an end, and no failure. */
const isOvertakenBy = (code: string): boolean => code.endsWith(".superseded");
const isOvertaken = (thrown: unknown): boolean => isAppError(thrown) && isOvertakenBy(thrown.code);

/** Said to the person when nobody foresaw what happened. */
export const UNFORESEEN: Failure = {
  code: "kernel.unexpected",
  message: "Something failed that was not foreseen. The operator finds it in the job run; try again.",
};

/** A step was begun as often as its work allows, and still fails: no engine need try again. */
export class StepGivenUp extends Error {
  readonly failure: unknown;
  constructor(failure: unknown) {
    super("a step was begun as often as it may be", { cause: failure });
    this.name = "StepGivenUp";
    this.failure = failure;
  }
}

/** What sequences the work: the job engine, or a test that plays one. Each named body is done once, whatever is repeated around it. */
export type WorkDriver<Ports> = {
  readonly runId: string;
  step(name: string, stepId: string, body: (ctx: ServiceCtx<Ports>) => Promise<StepEnd>): Promise<StepEnd>;
  pause(name: string, forMs: number): Promise<void>;
  /** Code and sentence of what a step threw for good, after its journey through the engine. */
  failureOf(thrown: unknown): Failure;
};

/** Ids of the steps that this data has need of, in order. */
export const stepIdsOf = <Ports>(work: Work<Ports>, data: WorkData): readonly string[] =>
  work.words.map(({ id }) => id).filter((id) => work.steps[id]?.isFor?.(data) ?? true);

/** Takes the work for the run and opens the step: what every step does first. @throws conflict *.superseded */
export async function openStep<Ports>(
  work: Work<Ports>,
  ctx: ServiceCtx<Ports>,
  at: StepAt<WorkData>,
  stepId: string,
  name: string = stepId,
): Promise<{ readonly tries: number }> {
  const held = await holdWork(ctx.db, { ...refOf(work, at.data), runId: at.runId, step: name, now: ctx.now() });
  await work.open?.(ctx, at, stepId);
  return held;
}

/** Does one step: takes the work, opens the step (or refuses), does it, closes it. */
export async function runStep<Ports>(
  work: Work<Ports>,
  ctx: ServiceCtx<Ports>,
  at: StepAt<WorkData>,
  stepId: string,
  name: string = stepId,
): Promise<StepEnd> {
  const step = work.steps[stepId];
  if (step === undefined) throw new Error(`${work.id} has no step ${stepId}`);
  const hold = { ...refOf(work, at.data), runId: at.runId };
  let tries = 0;
  try {
    ({ tries } = await openStep(work, ctx, at, stepId, name));
    const { message = "", isWaiting = false, isOver = false, kept = null } = await step.run(ctx, at);
    if (!isWaiting) await work.close?.(ctx, at, stepId, message);
    return { message, isWaiting, isOver, kept };
  } catch (thrown) {
    if (isOvertaken(thrown)) await leaveWork(ctx.db, hold);
    else if (tries >= work.tries && ERROR_TABLE[toAppError(thrown).kind].job !== "fail") throw new StepGivenUp(thrown);
    throw thrown;
  }
}

/** Ends the work with a sentence, unless another run has it by now: what a run that was overtaken says is late, and wrong. */
export async function failWork<Ports>(
  work: Work<Ports>,
  ctx: ServiceCtx<Ports>,
  at: { readonly data: WorkData; readonly runId: string },
  failure: Failure,
): Promise<void> {
  const hold = { ...refOf(work, at.data), runId: at.runId };
  if (await ctx.db.transaction((tx) => isHeldByAnother(tx, hold))) {
    ctx.logger.warn({ ...hold, code: failure.code }, "work.late_failure.ignored");
    return;
  }
  await work.fail?.(ctx, at, failure);
  await leaveWork(ctx.db, hold);
}

/** Does declared work from its first step to its last: the one loop that runs, looks again, pauses and fails. */
export async function runWork<Ports>(
  work: Work<Ports>,
  driver: WorkDriver<Ports>,
  { name: event, data }: { readonly name: string; readonly data: WorkData },
): Promise<void> {
  const { runId } = driver;
  const kept: Record<string, unknown> = {};
  const ids = stepIdsOf(work, data);
  let isLate = false;
  try {
    for (const stepId of ids) {
      const look = work.steps[stepId]?.look;
      const looks = looksOf(look);
      let end: StepEnd = { isWaiting: true };
      for (let count = 1; end.isWaiting && count <= looks; count += 1) {
        const name = count === 1 ? stepId : `${stepId}-${count}`;
        if (count > 1) await driver.pause(`${stepId}-pause-${count}`, look?.everyMs ?? 0);
        const at = { event, data, runId, isLate, kept };
        end = await driver.step(name, stepId, async (ctx) => {
          const ended = await runStep(work, ctx, at, stepId, name);
          const isLast = ended.isOver || (stepId === ids.at(-1) && (!ended.isWaiting || count === looks));
          if (isLast) await leaveWork(ctx.db, { ...refOf(work, data), runId });
          return ended;
        });
      }
      kept[stepId] = end.kept;
      isLate ||= end.isWaiting ?? false;
      if (end.isOver) return;
    }
  } catch (thrown) {
    const failure = driver.failureOf(thrown);
    if (isOvertakenBy(failure.code)) return;
    await driver.step("record-failure", "record-failure", async (ctx) => {
      await failWork(work, ctx, { data, runId }, failure);
      return {};
    });
  }
}
