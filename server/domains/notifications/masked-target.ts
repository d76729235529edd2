import type { ChannelTarget } from "./schemas";

const tail = (secret: string): string => `…${secret.slice(-4)}`;

/** What may be shown of where a channel leads: enough to tell two apart, too little to use. */
export function maskedTargetOf(target: ChannelTarget): string {
  switch (target.kind) {
    case "email": {
      const [name = "", domain = ""] = target.address.split("@");
      return `${name.slice(0, 1)}…@${domain}`;
    }
    case "slack":
    case "discord":
    case "webhook":
      return `${new URL(target.url).origin}/…`;
    case "telegram":
      return `chat ${target.chatId}, bot ${target.botToken.split(":")[0] ?? ""}`;
    case "pagerduty":
      return `key ${tail(target.routingKey)}`;
  }
}
