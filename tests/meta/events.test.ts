import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { listEvents } from "@/server/kernel/events";

/** What a durable function waits for, as far as the rule reads it. */
type Waiting = {
  readonly triggers?: readonly { readonly event?: unknown }[];
  readonly cancelOn?: readonly { readonly event?: unknown }[];
};

const nameOf = ({ event }: { readonly event?: unknown }): string =>
  typeof event === "object" && event !== null && "name" in event ? String(event.name) : String(event);

/** Events that nobody waits for: each costs a row and a call, and says to a reader that something comes of it. */
const unconsumed = (events: readonly string[], functions: readonly Waiting[]): readonly string[] => {
  const consumed = new Set(
    functions.flatMap(({ triggers = [], cancelOn = [] }) => [...triggers, ...cancelOn].map(nameOf)),
  );
  return events.filter((name) => !consumed.has(name));
};

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  vi.stubEnv("AUTH_SECRET", "0123456789abcdef0123456789abcdef");
  vi.stubEnv("METRICS_TOKEN", "0123456789abcdef0123456789abcdef");
  vi.stubEnv("SECRETS_KEK_BASE64", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("INNGEST_EVENT_KEY", "0123456789");
  vi.stubEnv("INNGEST_SIGNING_KEY", "signkey-prod-00");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe("every event", () => {
  it("has a name of its own, and a durable function that waits for it", async () => {
    const { functions } = await import("@/inngest/functions");
    const names = listEvents().map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(8);
    expect(new Set(names).size).toBe(names.length);
    expect(
      unconsumed(
        names,
        functions.map((one) => (one as unknown as { opts: Waiting }).opts),
      ),
    ).toEqual([]);
  });
});

describe("the rule", () => {
  it("finds an event that nobody waits for, and takes both ways of waiting", () => {
    const functions = [
      { triggers: [{ event: "fog/job.made" }] },
      { triggers: [], cancelOn: [{ event: { name: "fog/job.stopped" } }] },
    ];
    expect(unconsumed(["fog/job.made", "fog/job.stopped", "fog/job.lost"], functions)).toEqual(["fog/job.lost"]);
  });
});
