import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { getBulkRun } from "@/server/domains/fleet";
import { work } from "@/server/domains/fleet/work";
import { runWork, type WorkDriver } from "@/server/kernel/work/run-work";
import type { Ports } from "@/server/ports/ports";
import { createTestFleet, endOperations, operatorCtx, startTestRun } from "../../support/factories/fleet";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { nameOfPoint, pointsOfWork } from "../../support/validators/kill-plan";

let runtime: TestRuntime;
let operator: SignedInPerson;
let mates: Awaited<ReturnType<typeof createTestFleet>>["mates"];
beforeAll(async () => {
  runtime = await createTestRuntime();
  operator = await createPerson(runtime);
  ({ mates } = await createTestFleet(runtime, [{}, {}, {}]));
});
afterAll(() => runtime.close());

/** An engine whose process dies at the named point of a step; between two looks the nodes do what was asked of them. */
const dyingAt = (runId: string, point: { stepId: string; phase: string } | null): WorkDriver<Ports> => ({
  runId,
  step: async (_name, stepId, body) => {
    if (point?.stepId === stepId && point.phase === "before") throw new Error("the process died");
    const end = await body(await runtime.ctx());
    if (point?.stepId === stepId && point.phase === "after") throw new Error("the process died");
    return end;
  },
  pause: () => endOperations(runtime),
  failureOf: () => ({ code: "test.died", message: "the process died" }),
});

describe("declared work, killed at each of its points", () => {
  it.each(work.flatMap(pointsOfWork).map((point) => [nameOfPoint(point), point] as const))(
    "%s, asks each node once and is done by the run after it",
    async (_name, point) => {
      const askedOf = async (nodeId: string) =>
        (
          await runtime.db
            .select()
            .from(auditEvents)
            .where(and(eq(auditEvents.targetId, nodeId), eq(auditEvents.action, "validators.node.redeploy_requested")))
        ).length;
      const before = await Promise.all(mates.map(({ nodeId }) => askedOf(nodeId)));
      const { bulkRunId } = await startTestRun(runtime, operator, mates, { atOnce: 1 });
      for (const declared of work) {
        const event = { name: declared.on[0]?.name ?? "", data: { bulkRunId, generation: 1 } };
        await runWork(declared, dyingAt("killed", point), event).catch(() => undefined);
        await runWork(declared, dyingAt("killed", null), event);
      }
      const ended = await getBulkRun(await operatorCtx(runtime, operator), { bulkRunId });
      expect(ended).toMatchObject({ status: "done", counts: { done: 3 } });
      expect(await Promise.all(mates.map(({ nodeId }) => askedOf(nodeId)))).toEqual(before.map((count) => count + 1));
    },
  );
});
