import { PORTAL_NOT_REACHED, shownError } from "./trpc-client";

/** A read that failed, in the words of `UpstreamDown`. */
export type FailedRead = { readonly upstream: string; readonly sentence: string; readonly code: string };

/** Who does not answer and why: `subject` where the portal says so itself, the portal where it could not be reached at all. */
export function failedRead(thrown: unknown, subject: string): FailedRead {
  const { code, message } = shownError(thrown);
  return code === PORTAL_NOT_REACHED
    ? { upstream: "The portal", sentence: "Check the connection; this page tries again by itself.", code }
    : { upstream: subject, sentence: message, code };
}
