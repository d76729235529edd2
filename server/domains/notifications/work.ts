import "server-only";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { attemptDelivery } from "./attempt-delivery";
import { DELIVER_STEPS, RUN_WAITS_AT_MOST_SECONDS } from "./constants";
import { deliveryRequested } from "./events";
import { findDelivery, listDueDeliveries } from "./repository";

/** Brings one message to one channel: at once, soon again, then ever more rarely, until it arrives or is given up. */
const deliver = defineWork<Ports>()({
  id: "notifications.deliver",
  on: [deliveryRequested],
  subject: "deliveryId",
  words: DELIVER_STEPS,
  steps: {
    send: {
      look: { everyMs: 15_000, takesMs: 10_000, forMinutes: 12 },
      run: async (ctx, { data: { deliveryId } }) => {
        const now = ctx.now().getTime();
        const waitsMs = (nextTryAt: Date | null | undefined) => (nextTryAt ? nextTryAt.getTime() - now : 0);
        const known = await findDelivery(ctx.db, null, deliveryId);
        if (known?.delivery.status !== "waiting") return { isOver: true };
        const early = waitsMs(known.delivery.nextTryAt);
        // What is due much later is taken up by the sweep: a run for hours would cost a look every few seconds.
        if (early > RUN_WAITS_AT_MOST_SECONDS * 1_000) return { isOver: true };
        if (early > 0) return { isWaiting: true };
        const ended = await attemptDelivery(ctx, deliveryId);
        if (ended?.status !== "waiting") return { message: ended?.result ?? "", isOver: true };
        return waitsMs(ended.nextTryAt) > RUN_WAITS_AT_MOST_SECONDS * 1_000 ? { isOver: true } : { isWaiting: true };
      },
    },
  },
  concurrency: { oneAtATimeBy: "deliveryId", limit: 20 },
  tries: 5,
  stalled: async (db, page) =>
    (await listDueDeliveries(db, page)).map((row) => ({
      id: row.id,
      event: deliveryRequested,
      data: { deliveryId: row.id, organizationId: row.organizationId },
      changedAt: row.updatedAt,
      beganAt: row.createdAt,
    })),
});

/** All durable work of the domain. */
export const work = [deliver] as const;
