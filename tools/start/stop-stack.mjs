import { setTimeout as delay } from "node:timers/promises";

const STEP_LIMIT_MS = 20_000;

/**
 * What has been started, to be stopped in the order of `order` (names not in it last, newest first). Each stop is given
 * twenty seconds, so that one that hangs does not hold up the rest.
 */
export function createStopStack(order, reporter) {
  const entries = [];
  const rank = ({ name }) => (order.includes(name) ? order.indexOf(name) : order.length);
  return {
    add: (name, stop) => entries.push({ name, stop }),
    async stopAll() {
      const ordered = entries
        .splice(0)
        .reverse()
        .sort((one, other) => rank(one) - rank(other));
      for (const { name, stop } of ordered) {
        const step = reporter.step(name, "stopping");
        try {
          const limit = delay(STEP_LIMIT_MS, "late", { ref: false });
          const outcome = await Promise.race([Promise.resolve(stop()), limit]);
          if (outcome === "late") step.fail("did not stop in time");
          else step.done("stopped");
        } catch (error) {
          step.fail(`could not be stopped: ${error.message}`);
        }
      }
    },
  };
}
