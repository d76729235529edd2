import { expect, it } from "vitest";
import { runWhileKilling } from "../../support/engine/kill-stage";
import { killPoints, runSteps } from "../../support/engine/killed-stages";

it("an app that is killed at every step boundary loses time, and repeats only the step that it was in", {
  timeout: 200_000,
}, async () => {
  const run = await runWhileKilling("app");
  expect([...run.pointsKilledAt].sort()).toEqual([...killPoints].sort());
  expect(run.deaths).toBe(killPoints.length);
  expect(run.runs.map((row) => [row.function_id, row.status])).toEqual([
    ["killed-inner", "completed"],
    ["killed-outer", "completed"],
  ]);
  expect(run.returned.go).toBe(7);
  expect(new Set(run.returned.ids).size).toBe(runSteps.length);
  // Killed after its effect and before its answer, a step happens twice; its parallel neighbour may be hit by both of its kills.
  for (const step of ["first", "second", "inner", "last"]) expect([step, run.effects[step]]).toEqual([step, 2]);
  for (const step of ["left", "right"]) {
    expect(run.effects[step]).toBeGreaterThanOrEqual(2);
    expect(run.effects[step]).toBeLessThanOrEqual(4);
  }
});
