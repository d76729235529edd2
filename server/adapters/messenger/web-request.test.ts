import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { OutgoingMessage } from "@/server/ports/messenger";
import { signedHeaders, VENDOR_ORIGINS, webRequestOf } from "./web-request";

const now = new Date("2026-01-01T00:00:10Z");
const message: OutgoingMessage = {
  id: "dlv_1",
  at: new Date("2026-01-01T00:00:00Z"),
  topic: "monitoring.alert",
  severity: "critical",
  phase: "firing",
  threadKey: "alr_1",
  title: "Node down: <b>@everyone & co",
  body: "It ended by itself.",
  links: [{ label: "Alert", path: "/o/acme/alerts/alr_1" }],
};
const options = { publicUrl: "https://cloud.example.org", origins: VENDOR_ORIGINS, now };
const bodyOf = (request: { body: string }) => JSON.parse(request.body) as Record<string, never>;

describe("a message in each receiver's format", () => {
  it("is signed for a webhook as the receiver can check: id, time and body", () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
    const request = webRequestOf({ kind: "webhook", url: "https://r.example/x", secret }, message, options);
    const signed = `dlv_1.1767225610.${request.body}`;
    const expected = createHmac("sha256", Buffer.alloc(24, 7)).update(signed).digest("base64");
    expect(request.headers).toMatchObject({
      "webhook-id": "dlv_1",
      "webhook-timestamp": "1767225610",
      "webhook-signature": `v1,${expected}`,
    });
    expect(bodyOf(request)).toMatchObject({
      type: "monitoring.alert",
      data: { phase: "firing", links: [{ label: "Alert", url: "https://cloud.example.org/o/acme/alerts/alr_1" }] },
    });
  });

  it("matches the example of the Standard Webhooks specification", () => {
    const headers = signedHeaders({
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      atSeconds: 1_614_265_330,
      body: '{"test": 2432232314}',
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    });
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("cannot be marked up or wake a room by a validator's name", () => {
    const slack = webRequestOf({ kind: "slack", url: "https://s.example" }, message, options);
    expect(slack.body).not.toContain("<b>");
    const discord = bodyOf(webRequestOf({ kind: "discord", url: "https://d.example" }, message, options));
    expect(discord.allowed_mentions).toEqual({ parse: [] });
  });

  it("opens and closes the same page at a pager", () => {
    const target = { kind: "pagerduty", routingKey: "r".repeat(32) } as const;
    const opened = bodyOf(webRequestOf(target, message, options));
    const closed = bodyOf(webRequestOf(target, { ...message, phase: "resolved" }, options));
    expect([opened.event_action, opened.dedup_key, closed.event_action, closed.dedup_key]).toEqual([
      "trigger",
      "alr_1",
      "resolve",
      "alr_1",
    ]);
  });

  it("goes to a Telegram bot as plain text", () => {
    const request = webRequestOf({ kind: "telegram", botToken: "1:a", chatId: "-5" }, message, options);
    expect(request.url).toBe("https://api.telegram.org/bot1:a/sendMessage");
    expect(bodyOf(request)).toMatchObject({ chat_id: "-5" });
    expect(bodyOf(request)).not.toHaveProperty("parse_mode");
  });
});
