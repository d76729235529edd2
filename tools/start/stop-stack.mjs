import { setTimeout as delay } from "node:timers/promises";

const STEP_LIMIT_MS = 20_000;

/**
 * What has been started, to be stopped in the order of `waves`: lists of names, each list at once, names in none of them
 * at the end. Each stop is given twenty seconds, so that one that hangs does not hold up the rest.
 */
export function createStopStack(waves, reporter) {
  const entries = [];
  const waveOf = ({ name }) => {
    const index = waves.findIndex((names) => names.includes(name));
    return index === -1 ? waves.length : index;
  };
  const stopOne = async ({ name, stop }) => {
    const step = reporter.step(name, "stopping");
    try {
      const limit = delay(STEP_LIMIT_MS, "late", { ref: false });
      const outcome = await Promise.race([Promise.resolve(stop()), limit]);
      if (outcome === "late") step.fail("did not stop in time");
      else step.done("stopped");
    } catch (error) {
      step.fail(`could not be stopped: ${error.message}`);
    }
  };
  return {
    add: (name, stop) => entries.push({ name, stop }),
    async stopAll() {
      const started = entries.splice(0);
      for (let wave = 0; wave <= waves.length; wave += 1) {
        await Promise.all(started.filter((entry) => waveOf(entry) === wave).map(stopOne));
      }
    },
  };
}
