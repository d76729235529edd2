import { expect, it } from "vitest";
import { runWhileKilling } from "../../support/engine/kill-stage";
import { killPoints, runSteps } from "../../support/engine/killed-stages";

it("an engine that is killed at every step boundary loses time, and no step's result", {
  timeout: 200_000,
}, async () => {
  const run = await runWhileKilling("engine");
  expect([...run.pointsKilledAt].sort()).toEqual([...killPoints].sort());
  expect(run.deaths).toBe(killPoints.length);
  expect(run.runs.map((row) => [row.function_id, row.status])).toEqual([
    ["killed-inner", "completed"],
    ["killed-outer", "completed"],
  ]);
  expect(run.returned.go).toBe(7);
  expect(new Set(run.returned.ids).size).toBe(runSteps.length);
  // The app lives on: a step happens again only if its report found no engine, so at most once more for each of its two kills.
  for (const step of runSteps) {
    expect(run.effects[step]).toBeGreaterThanOrEqual(1);
    expect(run.effects[step]).toBeLessThanOrEqual(["left", "right"].includes(step) ? 5 : 3);
  }
});
