import type { z } from "zod";
import type { Executor } from "@/db/client";
import type { ServiceCtx } from "../context";
import type { DomainEvent } from "../events";

/** One step in words, for the screen, the operator and the kill tests: they stand beside the domain's constants, where browsers read them. */
export type StepWords<Id extends string = string> = {
  readonly id: Id;
  readonly title: string;
  /** Shown while it runs. */
  readonly sentence: string;
  readonly percentWhenDone: number;
};

/** What the event carried, parsed by its schema. */
export type WorkData = Readonly<Record<string, unknown>>;

/** Where a step stands when it runs. */
export type StepAt<Data> = {
  /** Name of the event that began the run. */
  readonly event: string;
  readonly data: Data;
  readonly runId: string;
  /** Some step before was looked at for as long as it may be, in vain. */
  readonly isLate: boolean;
  /** What the steps before kept, by their ids. */
  readonly kept: Readonly<Record<string, unknown>>;
};

/** What a step says when it has run; plain, since the job engine keeps it. */
export type StepEnd = {
  readonly message?: string;
  /** Asks to be run again after a pause, for as long as `look` allows. */
  readonly isWaiting?: boolean;
  /** Ends the work here: nothing is left to do. */
  readonly isOver?: boolean;
  readonly kept?: unknown;
};

export type WorkStep<Ports, Data> = {
  /** May run again after a crash at any line: it finds what it made before and goes on. */
  run(ctx: ServiceCtx<Ports>, at: StepAt<Data>): Promise<StepEnd>;
  /** Waits for something that takes its time: one look takes so long at most, the next follows a pause, all of them end after so many minutes. */
  readonly look?: { readonly everyMs: number; readonly takesMs?: number; readonly forMinutes: number };
  /** The step of the compensating work that takes back what this one made; several may share one. */
  readonly undo?: { readonly id: string } & WorkStep<Ports, Data>;
  /** Left out for work that has no need of it. */
  isFor?(data: Data): boolean;
};

export type Failure = { readonly code: string; readonly message: string };

/** A row that still wants its work, as a sweep asks for it. */
export type OpenWork = {
  readonly id: string;
  readonly event: DomainEvent;
  readonly data: WorkData;
  readonly changedAt: Date;
  readonly beganAt: Date;
};

/** Durable work of a domain: the engine's function, the kill points, the sweep, the operator's words and the progress on screen derive from it. */
export type Work<Ports = unknown, Data = WorkData, Id extends string = string> = {
  /** `domain.verb`, the name of the durable function. */
  readonly id: string;
  /** Each of them begins a run. */
  readonly on: readonly DomainEvent[];
  /** Each of them, about the same subject, ends the run between two steps. */
  readonly cancelOn?: readonly DomainEvent[];
  /** Field with the id of the row that the work is about: one run has it at a time, and loses it only by silence. */
  readonly subject: Extract<keyof Data, string>;
  /** Field with the generation of the wish; without one the same subject is always the same work. */
  readonly generation?: Extract<keyof Data, string>;
  /** The steps in order, in words. */
  readonly words: readonly StepWords<Id>[];
  readonly steps: { readonly [Step in Id]: WorkStep<Ports, Data> };
  /** Field by which work of every kind runs one step at a time, and how many runs of this kind may be at work at once. */
  readonly concurrency: { readonly oneAtATimeBy: Extract<keyof Data, string>; readonly limit?: number };
  /** How often a step is begun before what may heal is taken for what does not. */
  readonly tries: number;
  /** The run ends after so long, and the sweep fails what is still open, in these words. */
  readonly limit?: { readonly minutes: number; readonly failure: Failure };
  /** A subject is done once: its event again, within a day, begins nothing. */
  readonly isOnce?: boolean;
  /** Opens each step: shows it as running, or refuses with a `superseded` conflict. */
  open?(ctx: ServiceCtx<Ports>, at: StepAt<Data>, stepId: Id): Promise<unknown>;
  /** Closes each step that is done. */
  close?(ctx: ServiceCtx<Ports>, at: StepAt<Data>, stepId: Id, message: string): Promise<unknown>;
  /** Records that the work ended for good, with a sentence; without it the sweep tries again. */
  fail?(
    ctx: ServiceCtx<Ports>,
    at: { readonly data: Data; readonly runId: string | null },
    failure: Failure,
  ): Promise<unknown>;
  /** A page of the rows, by id, that want this work, from which the sweep takes those that nobody is at; or why nothing is lost with a run. */
  readonly stalled:
    | ((db: Executor, page: { readonly afterId: string; readonly limit: number }) => Promise<readonly OpenWork[]>)
    | { readonly because: string };
};

type Look = NonNullable<WorkStep<unknown, unknown>["look"]>;

/** How often a step is looked at, at most. */
export const looksOf = (look: Look | undefined): number =>
  look === undefined ? 1 : Math.max(1, Math.floor((look.forMinutes * 60_000) / (look.everyMs + (look.takesMs ?? 0))));

/** Inngest ends a run that has more of them (its usage limits, 2026-11), and so does the embedded engine. */
const MAX_STEPS_OF_A_RUN = 1_000;

/** Looks with the pauses between them, and the record of a failure. */
const mostStepsOf = (steps: Readonly<Record<string, { readonly look?: Look }>>): number =>
  Object.values(steps).reduce((sum, { look }) => sum + 2 * looksOf(look) - 1, 1);

/**
 * Declares durable work. Words and steps are held together by the compiler: a step without words, or words without a step, is a type error.
 * @throws where a run of it could have more steps than an engine lets it have: what takes longer is for the sweep to take up again
 */
export const defineWork =
  <Ports>() =>
  <Schema extends z.ZodObject, Id extends string>(
    work: Omit<Work<Ports, z.output<Schema>, Id>, "on" | "cancelOn"> & {
      readonly on: readonly [DomainEvent<Schema>, ...DomainEvent<Schema>[]];
      readonly cancelOn?: readonly DomainEvent<Schema>[];
    },
  ): Work<Ports> => {
    const steps = mostStepsOf(work.steps);
    if (steps > MAX_STEPS_OF_A_RUN)
      throw new Error(`a run of ${work.id} may have ${steps} steps, and no engine has it`);
    return work as Work<Ports>;
  };

/** Steps that take back what others made, the last one first; what several made together is taken back once. */
export function undoSteps<Ports, Data>(
  steps: readonly WorkStep<Ports, Data>[],
): readonly ({ readonly id: string } & WorkStep<Ports, Data>)[] {
  const undone = steps.flatMap(({ undo }) => (undo === undefined ? [] : [undo])).reverse();
  return undone.filter((step, index) => undone.findIndex(({ id }) => id === step.id) === index);
}
