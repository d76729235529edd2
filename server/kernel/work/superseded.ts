import { isAppError } from "../errors";

/** Whether the code says that a newer wish, or another run, has the work now: an end, and no failure. */
export const isOvertakenBy = (code: string): boolean => code.endsWith(".superseded");

export const isOvertaken = (thrown: unknown): boolean => isAppError(thrown) && isOvertakenBy(thrown.code);
