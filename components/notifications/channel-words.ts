import type { Judgement } from "@/components/state/judgements";
import type { Channel, Delivery } from "@/server/domains/notifications/schemas";

export const KIND_WORDS: Record<Channel["kind"], string> = {
  email: "E-mail",
  slack: "Slack",
  discord: "Discord",
  telegram: "Telegram",
  webhook: "Webhook",
  pagerduty: "PagerDuty",
};

/** How a channel stands: removed, paused, not proven yet, or by what came of its newest message. */
export function channelJudgement(channel: Pick<Channel, "status" | "isPaused" | "lastDelivery">): Judgement {
  if (channel.status === "removed") return { state: "off", word: "Removed" };
  if (channel.status === "unverified") return { state: "attention", word: "Test it first" };
  if (channel.isPaused) return { state: "off", word: "Paused" };
  if (channel.lastDelivery?.status === "dead") return { state: "danger", word: "Newest message lost" };
  if (channel.lastDelivery?.status === "waiting") return { state: "moving", word: "Sending" };
  return { state: "ok", word: "Works" };
}

export const DELIVERY_JUDGEMENT: Record<Delivery["status"], Judgement> = {
  waiting: { state: "moving", word: "Waiting" },
  delivered: { state: "ok", word: "Delivered" },
  dead: { state: "danger", word: "Given up" },
};
