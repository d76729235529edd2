/** What every port call may be given: a signal to stop it and a deadline in milliseconds from the call. */
export type CallOptions = {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
};
