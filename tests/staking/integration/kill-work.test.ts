import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvents } from "@/db/schema/system";
import { recordOutcomeOf } from "@/server/domains/chain/transactions/send-accepted";
import { getAct } from "@/server/domains/staking";
import { subjectOf } from "@/server/domains/staking/constants";
import { work } from "@/server/domains/staking/work";
import { runWork, type WorkDriver } from "@/server/kernel/work/run-work";
import type { Ports } from "@/server/ports/ports";
import { createFakeActStage, type FakeActStage } from "../../support/staking/fake-act-stage";
import { nameOfPoint, pointsOfWork } from "../../support/validators/kill-plan";

let stage: FakeActStage;
beforeAll(async () => {
  stage = await createFakeActStage();
});
afterAll(() => stage?.close());

/** An engine whose process dies at the named point of a step, before or after its body. */
const dyingAt = (runId: string, point: { stepId: string; phase: string } | null): WorkDriver<Ports> => ({
  runId,
  step: async (_name, stepId, body) => {
    if (point?.stepId === stepId && point.phase === "before") throw new Error("the process died");
    const end = await body(await stage.runtime.ctx());
    if (point?.stepId === stepId && point.phase === "after") throw new Error("the process died");
    return end;
  },
  pause: async () => undefined,
  failureOf: () => ({ code: "test.died", message: "the process died" }),
});

describe("declared work, killed at each of its points", () => {
  it.each(work.flatMap(pointsOfWork).map((point) => [nameOfPoint(point), point] as const))(
    "%s, is done once by the run after it",
    async (_name, point) => {
      const holder = await stage.createHolder();
      const { actId, transactionId } = await holder
        .prepare({
          kind: "delegate",
          operatorAddress: stage.operators[0],
          amountBaseUnits: "1000000",
        })
        .then(async (prepared) => {
          await holder.submit(prepared, await holder.sign(prepared));
          return prepared;
        });
      const look = { isFound: true, code: 0, codespace: "", reason: "", heightBlocks: "9" };
      await recordOutcomeOf(await stage.runtime.ctx(), { transactionId }, look);
      const { organizationId } = holder.person;
      for (const declared of work) {
        const data = { transactionId, organizationId, subject: subjectOf(actId) };
        const event = { name: declared.on[0]?.name ?? "", data };
        await runWork(declared, dyingAt("killed", point), event).catch(() => undefined);
        await runWork(declared, dyingAt("killed", null), event);
      }
      expect(await getAct(await holder.person.ctx(), { actId })).toMatchObject({ status: "done", heightBlocks: "9" });
      const told = and(eq(auditEvents.targetId, actId), eq(auditEvents.action, "staking.act.done"));
      expect(await stage.runtime.db.select().from(auditEvents).where(told)).toHaveLength(1);
    },
  );
});
