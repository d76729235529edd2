import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { isAppError, toAppError } from "@/server/kernel/errors";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { RETRY_WAITS_SECONDS } from "./constants";
import { channelMachine, deliveryMachine } from "./machines";
import { findDelivery, lockChannel, lockDelivery, updateDelivery } from "./repository";
import { messengerTarget, openConfig } from "./sealed-config";

/** Tries that are kept with the row. */
const TRIES_KEPT = 12;

type Outcome = {
  readonly deliveryId: string;
  /** How many tries there had been when this one began: another that was recorded meanwhile makes it late. */
  readonly attemptsBefore: number;
  readonly result: string;
  readonly isDelivered: boolean;
  /** Code of why no other try may help; null where one may. */
  readonly deadBecause: string | null;
  readonly retryAfterSeconds: number | null;
  /** The channel that is proven when this arrives; null where it proves nothing. */
  readonly provesChannelId: string | null;
};

type After = {
  readonly status: "waiting" | "delivered" | "dead";
  readonly nextTryAt: Date | null;
  readonly result: string;
};

const noted = (tries: readonly { readonly at: string; readonly result: string }[], at: Date, result: string) =>
  [...tries, { at: at.toISOString(), result }].slice(-TRIES_KEPT);

/** Notes a try that arrived, or after which another one comes. */
const recordTry = defineChange(
  "notifications.record-try",
  async (ctx: CommandCtx<string | null>, outcome: Outcome): Promise<After | null> => {
    const delivery = await lockDelivery(ctx.tx, null, outcome.deliveryId);
    if (delivery?.status !== "waiting" || delivery.attempts !== outcome.attemptsBefore) return null;
    const attempts = delivery.attempts + 1;
    const facts = { attempts, lastResult: outcome.result, tries: noted(delivery.tries, ctx.now, outcome.result) };
    if (outcome.isDelivered) {
      const patch = { ...facts, nextTryAt: null, deliveredAt: ctx.now };
      await move(ctx, deliveryMachine, delivery, "delivered", { patch });
      return { status: "delivered", nextTryAt: null, result: outcome.result };
    }
    const waitSeconds = Math.max(RETRY_WAITS_SECONDS[attempts - 1] ?? 0, outcome.retryAfterSeconds ?? 0);
    const nextTryAt = new Date(ctx.now.getTime() + waitSeconds * 1_000);
    await updateDelivery(ctx.tx, delivery.id, { ...facts, nextTryAt, updatedAt: ctx.now });
    return { status: "waiting", nextTryAt, result: outcome.result };
  },
  { telemetry: true },
);

/** Gives the message up, for a person to look at. */
const recordDead = defineChange(
  "notifications.record-dead-delivery",
  async (
    ctx: CommandCtx<string | null>,
    outcome: Outcome & { readonly deadBecause: string },
  ): Promise<After | null> => {
    const delivery = await lockDelivery(ctx.tx, null, outcome.deliveryId);
    if (delivery?.status !== "waiting" || delivery.attempts !== outcome.attemptsBefore) {
      ctx.audit({
        action: "notifications.delivery.late_end_ignored",
        targetType: "delivery",
        targetId: outcome.deliveryId,
      });
      return null;
    }
    await move(ctx, deliveryMachine, delivery, "dead", {
      reason: outcome.deadBecause,
      patch: {
        attempts: delivery.attempts + 1,
        lastResult: outcome.result,
        tries: noted(delivery.tries, ctx.now, outcome.result),
        nextTryAt: null,
      },
    });
    return { status: "dead", nextTryAt: null, result: outcome.result };
  },
);

/** A test that arrived verifies every channel but an address, whose owner says so by the code in it. */
export const recordVerified = defineChange(
  "notifications.record-verified",
  async (ctx: CommandCtx<string | null>, { channelId }: { readonly channelId: string }) => {
    const channel = await lockChannel(ctx.tx, null, channelId);
    if (channel?.status === "unverified") {
      await move(ctx, channelMachine, channel, "verified", { patch: { verifiedAt: ctx.now } });
      return;
    }
    ctx.audit({
      action: "notifications.channel.proved_again",
      targetType: "channel",
      targetId: channelId,
      organizationId: channel?.organizationId ?? null,
    });
  },
);

async function sendOnce(ctx: ServiceCtx<Ports>, deliveryId: string): Promise<Outcome | null> {
  const facts = await findDelivery(ctx.db, null, deliveryId);
  if (facts === undefined || facts.delivery.status !== "waiting") return null;
  const { delivery, notification, channel } = facts;
  const provesChannelId = delivery.isTest && channel.kind !== "email" ? channel.id : null;
  const attemptsBefore = delivery.attempts;
  const base = { deliveryId, attemptsBefore, isDelivered: false, retryAfterSeconds: null, provesChannelId };
  if (channel.sealedConfig === null || (channel.status !== "verified" && !delivery.isTest)) {
    const result = "The channel was removed or is not verified any more.";
    return { ...base, result, deadBecause: "notifications.channel_gone" };
  }
  let config: ReturnType<typeof openConfig>;
  try {
    config = openConfig(ctx.ports, channel.id, channel.sealedConfig);
  } catch (thrown) {
    ctx.logger.error({ channelId: channel.id, err: thrown }, "notifications.config.not_opened");
    const result = "Where the channel leads cannot be read with this installation's key. Make the channel anew.";
    return { ...base, result, deadBecause: "notifications.config_not_opened" };
  }
  const code = delivery.isTest && channel.status === "unverified" ? config.confirmationCode : null;
  try {
    const result = await ctx.ports.messenger.send(messengerTarget(config), {
      id: delivery.id,
      at: notification.createdAt,
      topic: notification.topic,
      severity: notification.severity,
      phase: notification.phase,
      threadKey: notification.threadKey,
      title: notification.title,
      body:
        code === null ? notification.body : `${notification.body}\nTo confirm this address, enter the code ${code}.`,
      links: notification.links,
    });
    return { ...base, result, isDelivered: true, deadBecause: null };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    const { code: failure, message, retryAfterSeconds = null } = toAppError(thrown);
    const isLast = delivery.isTest || delivery.attempts >= RETRY_WAITS_SECONDS.length;
    const isHopeless = failure === "notifications.receiver_not_asked" || failure === "notifications.no_mail";
    return { ...base, result: message, retryAfterSeconds, deadBecause: isLast || isHopeless ? failure : null };
  }
}

/**
 * Tries once to bring a message to its channel, and keeps what came of it; a test that arrives verifies its channel, whoever brought it. A process
 * that dies between the receiver's answer and its record sends the same message again, under the same id. Null where it had ended already.
 */
export async function attemptDelivery(ctx: ServiceCtx<Ports>, deliveryId: string): Promise<After | null> {
  const outcome = await sendOnce(ctx, deliveryId);
  if (outcome === null) return null;
  const { deadBecause, isDelivered, provesChannelId: channelId } = outcome;
  // Before the test's own end is noted: who dies in between sends it again, and leaves no test that arrived beside a channel that is not proven.
  if (isDelivered && channelId !== null) await recordVerified(ctx, { channelId });
  return deadBecause === null ? recordTry(ctx, outcome) : recordDead(ctx, { ...outcome, deadBecause });
}
