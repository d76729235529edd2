import { describe, expect, it } from "vitest";
import { maskedTargetOf } from "./masked-target";

const SECRET = "T0PS3CR3T-T0PS3CR3T";

describe("what is shown of a target", () => {
  it.each([
    [{ kind: "email", address: "alice@example.org" }, "a…@example.org"],
    [{ kind: "slack", url: `https://hooks.slack.com/services/${SECRET}` }, "https://hooks.slack.com/…"],
    [{ kind: "webhook", url: `https://r.example.org/in?key=${SECRET}` }, "https://r.example.org/…"],
    [{ kind: "telegram", botToken: `123456:${SECRET}`, chatId: "-100" }, "chat -100, bot 123456"],
    [{ kind: "pagerduty", routingKey: `${SECRET}abcd` }, "key …abcd"],
  ] as const)("%#: keeps the secret to itself", (target, shown) => {
    expect(maskedTargetOf(target)).toBe(shown);
    expect(maskedTargetOf(target)).not.toContain(SECRET);
  });
});
