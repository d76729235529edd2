import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notificationDeliveries } from "@/db/schema/notifications";
import { notify } from "@/server/domains/notifications";
import { work } from "@/server/domains/notifications/work";
import { runWork, type WorkDriver } from "@/server/kernel/work/run-work";
import type { Ports } from "@/server/ports/ports";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createVerifiedChannel } from "../../support/factories/notifications";
import { type Receiver, startReceiver } from "../../support/receivers";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";
import { nameOfPoint, pointsOfWork } from "../../support/validators/kill-plan";

let runtime: TestRuntime;
let receiver: Receiver;
let owner: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  receiver = await startReceiver();
  owner = await createPerson(runtime);
  await createVerifiedChannel(owner, { kind: "webhook", url: receiver.url });
});
afterAll(async () => {
  await Promise.all([runtime.close(), receiver.close()]);
});

/** An engine whose process dies at the named point of a step, before or after its body. */
const dyingAt = (runId: string, point: { stepId: string; phase: string } | null): WorkDriver<Ports> => ({
  runId,
  step: async (_name, stepId, body) => {
    if (point?.stepId === stepId && point.phase === "before") throw new Error("the process died");
    const end = await body(await runtime.ctx());
    if (point?.stepId === stepId && point.phase === "after") throw new Error("the process died");
    return end;
  },
  pause: async () => undefined,
  failureOf: () => ({ code: "test.died", message: "the process died" }),
});

describe("declared work, killed at each of its points", () => {
  it.each(work.flatMap(pointsOfWork).map((point) => [nameOfPoint(point), point] as const))(
    "%s, is done once by the run after it",
    async (name, point) => {
      receiver.forget();
      const { organizationId } = owner;
      const topic = "test.told";
      await notify(await runtime.ctx(), {
        ...{ organizationId, key: name, threadKey: name, topic, severity: "critical", phase: "note" },
        ...{ title: "Told", body: "Told.", links: [] },
      });
      const rows = await runtime.db.select().from(notificationDeliveries);
      const deliveryId = rows.filter(({ isTest }) => !isTest).at(-1)?.id ?? "";
      for (const declared of work) {
        const event = { name: declared.on[0]?.name ?? "", data: { deliveryId, organizationId } };
        await runWork(declared, dyingAt("killed", point), event).catch(() => undefined);
        await runWork(declared, dyingAt("killed", null), event);
      }
      const [row] = await runtime.db
        .select()
        .from(notificationDeliveries)
        .where(eq(notificationDeliveries.id, deliveryId));
      expect(row).toMatchObject({ status: "delivered", attempts: 1 });
      expect(receiver.received).toHaveLength(1);
    },
  );
});
