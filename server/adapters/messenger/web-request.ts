import { createHmac } from "node:crypto";
import type { MessengerTarget, OutgoingMessage } from "@/server/ports/messenger";

/** One request that tells a web receiver. */
export type WebRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Where the vendors that are told by a key listen. */
export type VendorOrigins = { readonly telegram: string; readonly pagerduty: string };
export const VENDOR_ORIGINS: VendorOrigins = {
  telegram: "https://api.telegram.org",
  pagerduty: "https://events.pagerduty.com",
};

type WebTarget = Exclude<MessengerTarget, { kind: "email" }>;

const SOURCE = "Omniphi Cloud";
const WORDS: Readonly<Record<OutgoingMessage["phase"], string>> = {
  firing: "Firing",
  resolved: "Resolved",
  note: "Note",
};
/** Discord takes numbers; the hues of the product's own states. */
const COLOURS: Readonly<Record<OutgoingMessage["severity"], number>> = {
  info: 0x5b7fd6,
  warning: 0xc98a1b,
  error: 0xd4622f,
  critical: 0xc93a3a,
};
const RESOLVED_COLOUR = 0x3d9a63;

/** The first line of every form: what it is, how bad, about what. */
export const headlineOf = ({ phase, severity, title }: OutgoingMessage): string =>
  phase === "note" ? title : `${WORDS[phase]} (${severity}): ${title}`;

export const absoluteLinks = (message: OutgoingMessage, publicUrl: string) =>
  message.links.map(({ label, path }) => ({ label, url: new URL(path, publicUrl).toString() }));

/** Lines that are read without any markup. */
export const plainText = (message: OutgoingMessage, publicUrl: string): string =>
  [
    headlineOf(message),
    "",
    message.body,
    "",
    ...absoluteLinks(message, publicUrl).map(({ label, url }) => `${label}: ${url}`),
  ]
    .join("\n")
    .trim();

// https://api.slack.com/reference/surfaces/formatting#escaping
const slackText = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Signed as https://www.standardwebhooks.com 1.0 says, so that a receiver verifies it with a library that exists. */
export function signedHeaders(input: {
  readonly id: string;
  readonly atSeconds: number;
  readonly body: string;
  readonly secret: string;
}) {
  const key = Buffer.from(input.secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${input.id}.${input.atSeconds}.${input.body}`).digest("base64");
  return {
    "webhook-id": input.id,
    "webhook-timestamp": String(input.atSeconds),
    "webhook-signature": `v1,${signature}`,
  };
}

/** What is sent where, in the receiver's own format. `now` stamps the signature, anew with each try. */
export function webRequestOf(
  target: WebTarget,
  message: OutgoingMessage,
  { publicUrl, origins, now }: { readonly publicUrl: string; readonly origins: VendorOrigins; readonly now: Date },
): WebRequest {
  const json = (url: string, payload: unknown, headers: Readonly<Record<string, string>> = {}): WebRequest => ({
    url,
    headers: { "content-type": "application/json", "user-agent": "omniphi-cloud", ...headers },
    body: JSON.stringify(payload),
  });
  const links = absoluteLinks(message, publicUrl);
  switch (target.kind) {
    case "slack":
      return json(target.url, {
        text: slackText(headlineOf(message)),
        blocks: [
          {
            type: "section",
            text: { type: "mrkdwn", text: `*${slackText(headlineOf(message))}*\n${slackText(message.body)}` },
          },
          ...(links.length === 0
            ? []
            : [
                {
                  type: "context",
                  elements: [
                    {
                      type: "mrkdwn",
                      text: links.map(({ label, url }) => `<${url}|${slackText(label)}>`).join("  ·  "),
                    },
                  ],
                },
              ]),
        ],
      });
    case "discord":
      return json(target.url, {
        // A moniker that reads @everyone wakes nobody.
        allowed_mentions: { parse: [] },
        embeds: [
          {
            title: headlineOf(message).slice(0, 256),
            description: [message.body, ...links.map(({ label, url }) => `[${label}](${url})`)]
              .join("\n")
              .slice(0, 4_000),
            color: message.phase === "resolved" ? RESOLVED_COLOUR : COLOURS[message.severity],
            timestamp: message.at.toISOString(),
          },
        ],
      });
    case "telegram":
      return json(`${origins.telegram}/bot${target.botToken}/sendMessage`, {
        chat_id: target.chatId,
        text: plainText(message, publicUrl).slice(0, 4_096),
        link_preview_options: { is_disabled: true },
      });
    case "pagerduty":
      return json(`${origins.pagerduty}/v2/enqueue`, {
        routing_key: target.routingKey,
        event_action: message.phase === "resolved" ? "resolve" : "trigger",
        dedup_key: message.threadKey,
        client: SOURCE,
        client_url: publicUrl,
        links: links.map(({ label, url }) => ({ href: url, text: label })),
        payload: {
          summary: message.title.slice(0, 1_024),
          source: SOURCE,
          severity: message.severity,
          timestamp: message.at.toISOString(),
          class: message.topic,
          custom_details: { text: message.body },
        },
      });
    case "webhook": {
      const { id, at, topic, severity, phase, threadKey, title, body } = message;
      const payload = {
        type: topic,
        timestamp: at.toISOString(),
        data: { id, severity, phase, threadKey, title, text: body, links },
      };
      const request = json(target.url, payload);
      const atSeconds = Math.floor(now.getTime() / 1_000);
      return {
        ...request,
        headers: { ...request.headers, ...signedHeaders({ id, atSeconds, body: request.body, secret: target.secret }) },
      };
    }
  }
}
