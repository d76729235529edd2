import { describe, expect, it } from "vitest";
import { createMessenger } from "./messenger";

const messenger = createMessenger({
  publicUrl: "https://cloud.example.org",
  mail: null,
  reach: "public",
  ownOrigins: ["http://10.0.0.7:8065"],
});
const codeOf = (url: string): string => {
  try {
    messenger.check({ kind: "slack", url });
    return "taken";
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
};

describe("where a channel may lead", () => {
  it("is the public internet by https", () => {
    expect(codeOf("https://hooks.example.org/a")).toBe("taken");
    expect(codeOf("http://hooks.example.org/a")).toBe("notifications.bad_target");
    expect(codeOf("https://10.0.0.7/a")).toBe("notifications.bad_target");
  });

  it("is an origin of the operator's own network too, and nothing beside it", () => {
    expect(codeOf("http://10.0.0.7:8065/hooks/a")).toBe("taken");
    expect(codeOf("http://10.0.0.7:8066/hooks/a")).toBe("notifications.bad_target");
    expect(codeOf("http://10.0.0.7/hooks/a")).toBe("notifications.bad_target");
    expect(codeOf("http://10.0.0.7:8065@evil.example/")).toBe("notifications.bad_target");
  });
});
