import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { callApi } from "../../support/http-client";
import { type Receiver, startReceiver } from "../../support/receivers";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let receiver: Receiver;
let owner: SignedInPerson;
beforeAll(async () => {
  [runtime, receiver] = [await createTestRuntime(), await startReceiver()];
  owner = await createPerson(runtime);
});
afterAll(async () => {
  await Promise.all([runtime.close(), receiver.close()]);
});

describe("/api/v1/notifications", () => {
  it("makes a channel, shows its secret once, tests and removes it", async () => {
    const bearer = owner.accessToken;
    const json = { name: "hook", target: { kind: "webhook", url: `${receiver.url}/T0PS3CR3T` } };
    const headers = { "idempotency-key": "channel-1" };
    const made = await callApi("POST", "/api/v1/notifications/channels", { bearer, json, headers });
    expect([made.status, made.body.webhookSecret]).toEqual([201, expect.stringMatching(/^whsec_/)]);
    const again = await callApi("POST", "/api/v1/notifications/channels", { bearer, json, headers });
    expect(again.body).toEqual({ ...made.body, webhookSecret: null });
    const path = `/api/v1/notifications/channels/${(made.body as { channel: { id: string } }).channel.id}`;
    const tested = await callApi("POST", `${path}/test`, { bearer, json: {} });
    expect([tested.status, tested.body.status]).toEqual([200, "delivered"]);
    const read = await callApi("GET", path, { bearer });
    expect([read.status, read.body.status]).toEqual([200, "verified"]);
    expect(JSON.stringify(read.body)).not.toContain("T0PS3CR3T");
    const sent = await callApi("GET", "/api/v1/notifications/deliveries", { bearer });
    expect((sent.body as { items: unknown[] }).items).toHaveLength(1);
    const removed = await callApi("POST", `${path}/remove`, { bearer, json: {} });
    expect([removed.status, removed.body.status]).toEqual([200, "removed"]);
  });

  it("answers 401 to nobody, and 400 to a target that is none", async () => {
    expect((await callApi("GET", "/api/v1/notifications/channels")).status).toBe(401);
    const json = { name: "hook", target: { kind: "pigeon", url: "https://example.org" } };
    const refused = await callApi("POST", "/api/v1/notifications/channels", { bearer: owner.accessToken, json });
    expect(refused.status).toBe(400);
  });

  it.each([
    "one@example.org,two@example.org",
    "one@example.org;two@example.org",
    "One <one@example.org>",
    "one@example.org\r\nBcc: two@example.org",
    "\u043ene@example.org",
    "one@ex\u0430mple.org",
    "one@example.org\u200b",
    "one@\uff45xample.org",
  ])(
    "answers 400 to the e-mail address %j, which leads to more than one, or to another than is read",
    async (address) => {
      const json = { name: "mail", target: { kind: "email", address } };
      const refused = await callApi("POST", "/api/v1/notifications/channels", { bearer: owner.accessToken, json });
      expect([refused.status, JSON.stringify(refused.body.errors)]).toEqual([400, expect.stringContaining("target")]);
    },
  );
});
