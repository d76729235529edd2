import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { notificationChannels, notificationDeliveries } from "@/db/schema/notifications";
import { auditEvents, outboxEvents } from "@/db/schema/system";
import {
  confirmChannel,
  createChannel,
  getChannel,
  listDeliveries,
  notify,
  removeChannel,
  resendDelivery,
  testChannel,
  updateChannel,
} from "@/server/domains/notifications";
import { health } from "@/server/domains/notifications/health-rows";
import { work } from "@/server/domains/notifications/work";
import { sweepWork } from "@/server/kernel/work/sweep-work";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestChannel, createVerifiedChannel } from "../../support/factories/notifications";
import { playRun } from "../../support/play-work";
import { type Receiver, startMailServer, startReceiver } from "../../support/receivers";
import { createTestRuntime, type TestRuntime, testNotificationPorts } from "../../support/test-runtime";

let runtime: TestRuntime;
let receiver: Receiver;
let mail: Awaited<ReturnType<typeof startMailServer>>;
const logLines: string[] = [];
beforeAll(async () => {
  [receiver, mail] = await Promise.all([startReceiver(), startMailServer()]);
  runtime = await createTestRuntime({
    logLines,
    ports: testNotificationPorts({
      mail: { smtpUrl: mail.smtpUrl, from: "Omniphi Cloud <alerts@example.org>" },
      origins: { telegram: `${receiver.url}/telegram`, pagerduty: `${receiver.url}/pagerduty` },
    }),
  });
});
afterAll(async () => {
  await Promise.all([runtime.close(), receiver.close(), mail.close()]);
});
beforeEach(() => receiver.forget());

const [deliver] = work;
let keys = 0;
async function tell(owner: SignedInPerson, given: Partial<Parameters<typeof notify>[1]> = {}, now = new Date()) {
  keys += 1;
  const ctx = await runtime.ctx({ now: () => now });
  return notify(ctx, {
    organizationId: owner.organizationId,
    key: `told-${keys}`,
    threadKey: "alr_1",
    topic: "monitoring.alert",
    severity: "critical",
    phase: "firing",
    title: "Node down",
    body: "It ended by itself.",
    links: [{ label: "Alert", path: "/o/acme/alerts/alr_1" }],
    ...given,
  });
}
const deliveriesOf = async (owner: SignedInPerson) => (await listDeliveries(await owner.ctx(), { limit: 100 })).items;

/** Runs the declared work on the newest delivery that is no test, or that is one, on a clock that only waiting moves. */
async function play(owner: SignedInPerson, clock = { nowMs: Date.now() }, ofTest = false) {
  const [newest] = (await deliveriesOf(owner)).filter(({ isTest }) => isTest === ofTest);
  if (!newest || !deliver) throw new Error("nothing was told");
  const { organizationId } = owner;
  await playRun(
    deliver as never,
    { clock, attempts: 3, context: (now) => runtime.ctx({ now }) },
    {
      runId: `run-${keys}-${clock.nowMs}`,
      name: deliver.on[0]?.name ?? "",
      data: { deliveryId: newest.id, organizationId },
    },
  );
  return (await deliveriesOf(owner)).find(({ id }) => id === newest.id);
}

describe("a channel", () => {
  it("keeps its secret sealed, masked, and out of the logs", async () => {
    const owner = await createPerson(runtime);
    const target = { kind: "slack", url: `${receiver.url}/services/T0PS3CR3T` } as const;
    const { channelId } = await createVerifiedChannel(owner, target);
    const [row] = await runtime.db.select().from(notificationChannels).where(eq(notificationChannels.id, channelId));
    expect(row?.sealedConfig).toMatch(/^v1\.[0-9a-f]{12}\./);
    expect(JSON.stringify([row, await getChannel(await owner.ctx(), { channelId })])).not.toContain("T0PS3CR3T");
    expect(logLines.join("")).not.toContain("T0PS3CR3T");
    expect(JSON.stringify(await runtime.db.select().from(auditEvents))).not.toContain("T0PS3CR3T");
    await removeChannel(await owner.ctx(), { channelId });
    const [gone] = await runtime.db.select().from(notificationChannels).where(eq(notificationChannels.id, channelId));
    expect(gone).toMatchObject({ status: "removed", sealedConfig: null });
  });

  it("is told nothing before its test arrived, and its test says why it did not", async () => {
    const owner = await createPerson(runtime);
    const { channelId } = await createTestChannel(owner, { kind: "discord", url: `${receiver.url}/hook` });
    receiver.answer(403);
    const failed = await testChannel(await owner.ctx(), { channelId });
    expect(failed).toMatchObject({ status: "dead", attempts: 1, lastResult: expect.stringContaining("HTTP 403") });
    expect(await tell(owner)).toEqual({ deliveries: 0 });
    receiver.answer(204);
    expect(await testChannel(await owner.ctx(), { channelId })).toMatchObject({ status: "delivered" });
    expect(await tell(owner)).toEqual({ deliveries: 1 });
  });

  it("is verified by its test, also when the process that sent it died and the sweep took it up", async () => {
    const owner = await createPerson(runtime);
    const { channelId } = await createTestChannel(owner, { kind: "webhook", url: `${receiver.url}/cut-off` });
    receiver.answer(403);
    const { id: deliveryId } = await testChannel(await owner.ctx(), { channelId });
    receiver.answer(204);
    // As it stood before the receiver had answered: nobody else knows of it.
    const died = new Date(Date.now() - 3_600_000);
    await runtime.db
      .update(notificationDeliveries)
      .set({ status: "waiting", statusReason: null, attempts: 0, nextTryAt: died, updatedAt: died })
      .where(eq(notificationDeliveries.id, deliveryId));
    const [row] = await health[0].run(await runtime.ctx(), new AbortController().signal);
    expect(row).toMatchObject({ name: "channels", status: "ok" });
    expect((await sweepWork(deliver as never, await runtime.ctx())).resent).toBe(1);
    await play(owner, { nowMs: Date.now() }, true);
    expect(await getChannel(await owner.ctx(), { channelId })).toMatchObject({
      status: "verified",
      lastDelivery: { status: "delivered" },
    });
  });

  it("of an address is verified by the code of its test alone", async () => {
    const owner = await createPerson(runtime);
    const { channelId } = await createTestChannel(owner, { kind: "email", address: "alice@example.org" });
    expect(await testChannel(await owner.ctx(), { channelId })).toMatchObject({ status: "delivered" });
    expect(await getChannel(await owner.ctx(), { channelId })).toMatchObject({ status: "unverified" });
    const text = mail.mails.findLast(({ to }) => to.includes("alice@example.org"))?.text ?? "";
    const code = /enter the code (\d{8})/.exec(text.replace(/=\r\n/g, ""))?.[1] ?? "";
    const wrong = code === "00000000" ? "11111111" : "00000000";
    await expect(confirmChannel(await owner.ctx(), { channelId, code: wrong })).rejects.toMatchObject({
      code: "notifications.wrong_code",
    });
    expect(await confirmChannel(await owner.ctx(), { channelId, code })).toMatchObject({ status: "verified" });
    await tell(owner);
    expect(await play(owner)).toMatchObject({ status: "delivered" });
    expect(mail.mails.at(-1)?.text).toContain("Subject: Firing (critical): Node down");
  });

  it("cannot be made to mail where there is no mail server, nor by the product to this machine", async () => {
    const owner = await createPerson(runtime);
    const asProduct = { ...(await owner.ctx()), ports: { ...testNotificationPorts({ reach: "public" }) } as never };
    await expect(
      createChannel(asProduct, { name: "m", target: { kind: "email", address: "a@example.org" } }),
    ).rejects.toMatchObject({ code: "notifications.kind_unavailable" });
    for (const url of ["http://127.0.0.1/x", "https://169.254.169.254/latest", "http://example.org/x"]) {
      await expect(createChannel(asProduct, { name: "w", target: { kind: "webhook", url } })).rejects.toMatchObject({
        code: "notifications.bad_target",
      });
    }
  });
});

describe("a message", () => {
  it("reaches each kind of receiver in its own format, once for its key", async () => {
    const owner = await createPerson(runtime);
    const { webhookSecret } = await createVerifiedChannel(owner, { kind: "webhook", url: `${receiver.url}/webhook` });
    await createVerifiedChannel(owner, { kind: "slack", url: `${receiver.url}/slack` });
    await createVerifiedChannel(owner, { kind: "discord", url: `${receiver.url}/discord` });
    await createVerifiedChannel(owner, { kind: "telegram", botToken: `12345:${"a".repeat(30)}`, chatId: "-100" });
    await createVerifiedChannel(owner, { kind: "pagerduty", routingKey: "k".repeat(32) });
    receiver.forget();
    expect(await tell(owner, { key: "same" })).toEqual({ deliveries: 5 });
    expect(await tell(owner, { key: "same" })).toEqual({ deliveries: 0 });
    const events = (await runtime.db.select().from(outboxEvents)).filter(
      ({ payload }) => payload.organizationId === owner.organizationId,
    );
    expect(events).toHaveLength(5);
    for (const { id } of (await deliveriesOf(owner)).filter(({ isTest }) => !isTest)) {
      await playRun(
        deliver as never,
        { clock: { nowMs: Date.now() }, attempts: 3, context: (now) => runtime.ctx({ now }) },
        { runId: id, name: deliver?.on[0]?.name ?? "", data: { deliveryId: id, organizationId: owner.organizationId } },
      );
    }
    expect(receiver.received.map(({ path }) => path.split("/")[1]).sort()).toEqual([
      "discord",
      "pagerduty",
      "slack",
      "telegram",
      "webhook",
    ]);
    const hook = receiver.received.find(({ path }) => path === "/webhook");
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = hook?.headers ?? {};
    const key = Buffer.from((webhookSecret ?? "").replace("whsec_", ""), "base64");
    expect(signature).toBe(`v1,${createHmac("sha256", key).update(`${id}.${at}.${hook?.text}`).digest("base64")}`);
    expect(hook?.json).toMatchObject({ data: { links: [{ url: "http://localhost:3000/o/acme/alerts/alr_1" }] } });
  });

  it("is tried again with growing waits, under the same id, and arrives", async () => {
    const owner = await createPerson(runtime);
    await createVerifiedChannel(owner, { kind: "webhook", url: `${receiver.url}/flaky` });
    receiver.forget();
    receiver.answer(500, 302, 200);
    await tell(owner);
    const clock = { nowMs: Date.now() };
    const startedAt = clock.nowMs;
    expect(await play(owner, clock)).toMatchObject({ status: "delivered", attempts: 3 });
    expect(clock.nowMs - startedAt).toBeGreaterThanOrEqual(75_000);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("that never arrives ends as a dead letter with its tries, and can be sent again by hand", async () => {
    const owner = await createPerson(runtime);
    await createVerifiedChannel(owner, { kind: "webhook", url: `${receiver.url}/gone` });
    receiver.answer(503);
    await tell(owner);
    const clock = { nowMs: Date.now() };
    for (let hour = 0; hour < 48; hour += 1) {
      if ((await play(owner, clock))?.status === "dead") break;
      clock.nowMs += 3_600_000;
    }
    const [dead] = (await deliveriesOf(owner)).filter(({ isTest }) => !isTest);
    expect(dead).toMatchObject({ status: "dead", attempts: 9, nextTryAt: null });
    expect(dead?.tries).toHaveLength(9);
    receiver.answer(200);
    await resendDelivery(await owner.ctx(), { deliveryId: dead?.id ?? "" });
    expect(await play(owner)).toMatchObject({ status: "delivered" });
    const audited = await runtime.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.targetId, dead?.id ?? ""));
    expect(audited.map(({ action }) => action)).toEqual([
      "notifications.delivery.dead",
      "notifications.delivery.sent_again",
    ]);
  });

  it("waits for the end of quiet hours unless it is critical, and is taken up by the sweep", async () => {
    const owner = await createPerson(runtime);
    const quietHours = { from: "22:00", to: "07:00", timeZone: "UTC" };
    const target = { kind: "webhook", url: `${receiver.url}/quiet` } as const;
    await createVerifiedChannel(owner, target, { minSeverity: "warning", quietHours });
    const night = new Date("2026-01-10T23:00:00Z");
    await tell(owner, { severity: "warning" }, night);
    const [held] = (await deliveriesOf(owner)).filter(({ isTest }) => !isTest);
    expect(held?.nextTryAt).toBe("2026-01-11T07:00:00.000Z");
    await tell(owner, { severity: "critical" }, night);
    const told = (await deliveriesOf(owner)).filter(({ isTest }) => !isTest);
    expect(told.map(({ nextTryAt }) => nextTryAt).sort()).toEqual([
      "2026-01-10T23:00:00.000Z",
      "2026-01-11T07:00:00.000Z",
    ]);
    const swept = await sweepWork(deliver as never, await runtime.ctx());
    expect(swept.resent).toBeGreaterThan(0);
    expect(await tell(owner, { severity: "info" }, night)).toEqual({ deliveries: 0 });
  });

  it("does not go out by a paused channel, and one that lost its channel is given up", async () => {
    const owner = await createPerson(runtime);
    const { channelId } = await createVerifiedChannel(owner, { kind: "webhook", url: `${receiver.url}/paused` });
    await updateChannel(await owner.ctx(), { channelId, isPaused: true });
    expect(await tell(owner)).toEqual({ deliveries: 0 });
    await updateChannel(await owner.ctx(), { channelId, isPaused: false });
    await tell(owner);
    await removeChannel(await owner.ctx(), { channelId });
    expect(await play(owner)).toMatchObject({ status: "dead" });
  });

  it("is recorded once by two tries at the same time", async () => {
    const owner = await createPerson(runtime);
    await createVerifiedChannel(owner, { kind: "webhook", url: `${receiver.url}/twice` });
    await tell(owner);
    await Promise.all([play(owner), play(owner)]);
    const rows = await runtime.db
      .select()
      .from(notificationDeliveries)
      .where(eq(notificationDeliveries.organizationId, owner.organizationId));
    expect(rows.filter(({ isTest }) => !isTest).map(({ attempts, status }) => [attempts, status])).toEqual([
      [1, "delivered"],
    ]);
  });
});
