/** Where the step of `stepMs` begins that a time lies in; steps are counted from the epoch, so that everybody cuts alike. */
export const startOfStep = (timeMs: number, stepMs: number): number => Math.floor(timeMs / stepMs) * stepMs;
