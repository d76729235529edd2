import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { isAtLeast, type Severity } from "./constants";
import { notificationsDomain } from "./domain";
import { deliveryRequested } from "./events";
import { quietUntil } from "./quiet-hours";
import { insertDeliveries, insertNotification, listListeningChannels } from "./repository";

/** What an organisation is to be told. */
export type Notice = {
  readonly organizationId: string;
  /** The sender's own name of it: told once, however often it is asked for. */
  readonly key: string;
  /** What belongs together, as a pager groups it. */
  readonly threadKey: string;
  /** `domain.matter`, e.g. `monitoring.alert`. */
  readonly topic: string;
  readonly severity: Severity;
  readonly phase: "firing" | "resolved" | "note";
  readonly title: string;
  readonly body: string;
  /** Paths within the installation, e.g. `/o/acme/alerts/alr_…`. */
  readonly links: readonly { readonly label: string; readonly path: string }[];
};

/**
 * Tells an organisation by every channel that hears such a thing: a row for each, written in the caller's transaction, and sent from there by
 * durable work. In quiet hours all but what is critical waits for their end.
 */
export const notify = defineChange(
  "notifications.notify",
  async (ctx: CommandCtx<string | null>, notice: Notice): Promise<{ readonly deliveries: number }> => {
    const told = await insertNotification(ctx.tx, {
      id: notificationsDomain.newId("notification"),
      ...notice,
      createdAt: ctx.now,
    });
    if (told === undefined) return { deliveries: 0 };
    const channels = (await listListeningChannels(ctx.tx, notice.organizationId)).filter(({ minSeverity }) =>
      isAtLeast(notice.severity, minSeverity),
    );
    const deliveries = await insertDeliveries(
      ctx.tx,
      channels.map((channel) => ({
        id: notificationsDomain.newId("delivery"),
        organizationId: notice.organizationId,
        notificationId: told.id,
        channelId: channel.id,
        status: "waiting" as const,
        isTest: false,
        nextTryAt: (notice.severity === "critical" ? null : quietUntil(channel.quietHours, ctx.now)) ?? ctx.now,
        createdAt: ctx.now,
        updatedAt: ctx.now,
      })),
    );
    for (const { id, organizationId, nextTryAt } of deliveries) {
      if (nextTryAt === null || nextTryAt > ctx.now) continue;
      await ctx.emit(deliveryRequested, { deliveryId: id, organizationId });
    }
    return { deliveries: deliveries.length };
  },
  { telemetry: true },
);
