import type { Channel, ChannelTarget } from "@/server/domains/notifications/schemas";

/** What is asked for a kind: the field of the target, its label and what it means. */
export type TargetField = {
  readonly name: "address" | "url" | "botToken" | "chatId" | "routingKey";
  readonly label: string;
  readonly hint: string;
  readonly type: "text" | "email" | "url" | "password";
};

const url = (label: string, hint: string): TargetField => ({ name: "url", label, hint, type: "url" });

export const TARGET_FIELDS: Record<Channel["kind"], readonly TargetField[]> = {
  email: [{ name: "address", label: "Address", hint: "It gets a code that you enter here.", type: "email" }],
  slack: [url("Webhook address", "An incoming webhook of your workspace; it is kept sealed.")],
  discord: [url("Webhook address", "Of the Discord channel's integrations; it is kept sealed.")],
  telegram: [
    { name: "botToken", label: "Bot token", hint: "As @BotFather gives it; it is kept sealed.", type: "password" },
    { name: "chatId", label: "Chat", hint: "The number of the chat that the bot is in, or @channel.", type: "text" },
  ],
  webhook: [url("Address", "https on the public internet. The signing secret is shown once, after it is made.")],
  pagerduty: [
    {
      name: "routingKey",
      label: "Integration key",
      hint: "Of an Events API v2 integration; it is kept sealed.",
      type: "password",
    },
  ],
};

/** The target that the filled fields describe; the server checks each of them. */
export const targetOf = (kind: Channel["kind"], values: Readonly<Record<string, string>>): ChannelTarget =>
  ({
    kind,
    ...Object.fromEntries(TARGET_FIELDS[kind].map(({ name }) => [name, (values[name] ?? "").trim()])),
  }) as ChannelTarget;
