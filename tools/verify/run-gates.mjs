import { runCheck } from "../test/run-check.mjs";
import { gates } from "./gates.mjs";

const LANES = 2;

/** Runs the wanted gates, two at a time; returns their results. */
export async function runGates(wanted, context) {
  const queue = gates.filter(({ name }) => wanted(name));
  const results = [];
  const lane = async () => {
    for (let gate = queue.shift(); gate; gate = queue.shift()) results.push(await runCheck(gate, context));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
