import type { Cron } from "./declare-cron";
import type { Work } from "./declare-work";

/** Name of the function that sends lost work of this kind on its way again. */
export const sweepIdOf = ({ id }: { readonly id: string }): string => `${id}-sweep`;

/** What the steps of each durable function do, in words: by the function's name, then by the step's id. */
export type StepTitles = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Declared = { readonly work: readonly Work<never>[]; readonly crons: readonly Cron<never>[] };
const titlesOf = (steps: readonly { readonly id: string; readonly title: string }[]) =>
  Object.fromEntries(steps.map(({ id, title }) => [id, title]));

/** The words of all that domains declare. A step that the loop adds itself, e.g. to record a failure, has the same words everywhere. */
export const stepTitlesOf = (domains: readonly Declared[]): StepTitles =>
  Object.fromEntries([
    ...domains.flatMap(({ crons }) => crons.map(({ id, steps }) => [id, titlesOf(steps)] as const)),
    ...domains.flatMap(({ work }) =>
      work.flatMap((one) => [
        [one.id, { ...titlesOf(one.words), "record-failure": "Tell why it failed" }] as const,
        ...(typeof one.stalled === "function"
          ? [[sweepIdOf(one), { sweep: "Send lost work on its way again" }] as const]
          : []),
      ]),
    ),
  ]);
