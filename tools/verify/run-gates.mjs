import { runCheck } from "../test/run-check.mjs";
import { gates } from "./gates.mjs";

/** Runs the wanted gates, so many at a time; returns their results. */
export async function runGates(isWanted, context, { width = 2 } = {}) {
  const queue = gates.filter(({ name }) => isWanted(name));
  const results = [];
  const worker = async () => {
    for (let gate = queue.shift(); gate; gate = queue.shift()) results.push(await runCheck(gate, context));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
