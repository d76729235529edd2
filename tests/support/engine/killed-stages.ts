/** The steps of the function that is killed all the way through, in the order in which it reaches them; `left` and `right` are parallel. */
export const runSteps = ["first", "second", "left", "right", "inner", "last"] as const;

/** The steps during which nobody executes anything: they sleep, wait for an event, and wait for an invoked function's sleep. */
export const pendingSteps = ["nap", "asked", "inner nap"] as const;

/** Where a process dies: before a step's effect, after it and before its result is reported, or while nothing executes. */
export const killPoints: readonly string[] = [
  ...runSteps.flatMap((step) => [`${step} entered`, `${step} left`]),
  ...pendingSteps.map((step) => `${step} pending`),
];
