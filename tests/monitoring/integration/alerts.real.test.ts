import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { alerts } from "@/db/schema/monitoring";
import { notificationDeliveries } from "@/db/schema/notifications";
import { validatorNodes } from "@/db/schema/validators";
import { evaluateRules, getIncident, listIncidents, setRule } from "@/server/domains/monitoring";
import type { RuleCode } from "@/server/domains/monitoring/constants";
import { confirmChannel, testChannel } from "@/server/domains/notifications";
import { work } from "@/server/domains/notifications/work";
import { runWatcher } from "@/server/processes/watcher/run-watcher";
import { eventually } from "../../support/eventually";
import { createTestChannel, createVerifiedChannel } from "../../support/factories/notifications";
import { playRun } from "../../support/play-work";
import { startMailServer, startReceiver } from "../../support/receivers";
import { testNotificationPorts } from "../../support/test-runtime";
import { createSigningStage, type Signer, type SigningStage, sign } from "../../support/validators/signing-stage";

/*
 * A validator on the real local chain whose key nobody holds: the chain counts its misses and jails it, the watcher reads that, and the rules speak.
 * Its node's row says what a look at a stopped node says.
 */
let stage: SigningStage;
let signer: Signer;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startMailServer>>;
const watching = new AbortController();
let watched: Promise<void>;

beforeAll(async () => {
  [receiver, mail] = await Promise.all([startReceiver(), startMailServer()]);
  stage = await createSigningStage({
    ports: testNotificationPorts({
      mail: { smtpUrl: mail.smtpUrl, from: "alerts@example.org" },
      origins: { telegram: `${receiver.url}/telegram`, pagerduty: `${receiver.url}/pagerduty` },
    }),
  });
  const { runtime } = stage;
  watched = runWatcher({
    ctx: await runtime.ctx(),
    databaseUrl: runtime.databaseUrl,
    signal: watching.signal,
    pace: { beatEveryMs: 300, factsEveryMs: 500, lookEveryMs: 200 },
  });
  signer = await stage.createSigner();
  const { transactionId } = await signer.submit(sign(signer.actor, await signer.prepare()));
  await stage.deliver(signer, transactionId);
});
afterAll(async () => {
  watching.abort();
  await watched;
  await Promise.all([stage?.close(), receiver.close(), mail.close()]);
});

const rowOf = async (rule: RuleCode) =>
  (await stage.runtime.db.select().from(alerts).where(eq(alerts.organizationId, signer.person.organizationId))).find(
    (alert) => alert.rule === rule,
  );
const look = async () => evaluateRules(await stage.runtime.ctx(), {});
const showNode = (status: "synced" | "error") =>
  stage.runtime.db
    .update(validatorNodes)
    .set({ status, desiredState: "running", lagBlocks: 0, peerCount: 5, lastSeenAt: new Date() })
    .where(eq(validatorNodes.setupRequestId, signer.setupRequestId));

it("says what the real chain says: not signing, at risk, jailed; and tells every channel", {
  timeout: 300_000,
}, async () => {
  const { person } = signer;
  await createVerifiedChannel(person, { kind: "webhook", url: `${receiver.url}/webhook` });
  await createVerifiedChannel(person, { kind: "slack", url: `${receiver.url}/slack` });
  await createVerifiedChannel(person, { kind: "discord", url: `${receiver.url}/discord` });
  await createVerifiedChannel(person, { kind: "telegram", botToken: `12345:${"a".repeat(30)}`, chatId: "-100" });
  await createVerifiedChannel(person, { kind: "pagerduty", routingKey: "k".repeat(32) });
  const { channelId } = await createTestChannel(person, { kind: "email", address: "operator@example.org" });
  await testChannel(await person.ctx(), { channelId });
  const code = /enter the code (\d{8})/.exec((mail.mails.at(-1)?.text ?? "").replace(/=\r\n/g, ""))?.[1] ?? "";
  await confirmChannel(await person.ctx(), { channelId, code });
  // Patience is tested on a clock of its own; here the chain's own time is what one waits for.
  for (const rule of ["node_down", "not_signing", "missed_blocks", "slashing_risk_20"] as const) {
    await setRule(await person.ctx(), { rule, isEnabled: true, threshold: null, forSeconds: 0 });
  }
  receiver.forget();
  await showNode("synced");
  const until = (rule: RuleCode, status: string) =>
    eventually(
      `${rule} is ${status}`,
      async () => {
        await showNode("synced");
        await look();
        return (await rowOf(rule))?.status === status;
      },
      240_000,
    );
  await until("not_signing", "firing");
  await until("missed_blocks", "firing");
  await until("slashing_risk_20", "firing");
  await until("jailed", "firing");
  // Jailed, it is not asked for signatures any more.
  await until("not_signing", "resolved");

  await showNode("error");
  await look();
  expect(await rowOf("node_down")).toMatchObject({ status: "firing", count: 1 });
  await showNode("synced");
  await look();
  expect(await rowOf("node_down")).toMatchObject({ status: "resolved" });
  const incidents = (await listIncidents(await person.ctx(), {})).items;
  const down = incidents.find(({ rule }) => rule === "node_down");
  const { incident } = await getIncident(await person.ctx(), { incidentId: down?.id ?? "" });
  const { openedAt, resolvedAt, timeToResolveMs } = incident;
  expect(timeToResolveMs).toBe(Date.parse(resolvedAt ?? "") - Date.parse(openedAt));

  const [deliver] = work;
  const waiting = (await stage.runtime.db.select().from(notificationDeliveries)).filter(({ isTest }) => !isTest);
  for (const { id, organizationId } of waiting) {
    await playRun(
      deliver as never,
      { clock: { nowMs: Date.now() }, attempts: 3, context: (now) => stage.runtime.ctx({ now }) },
      { runId: id, name: deliver.on[0]?.name ?? "", data: { deliveryId: id, organizationId } },
    );
  }
  const told = (path: string) =>
    receiver.received.filter((one) => one.path.startsWith(path) && one.text.includes("Jailed: Signed by hand"));
  for (const path of ["/webhook", "/slack", "/discord", "/telegram", "/pagerduty"]) expect(told(path)).toHaveLength(1);
  expect(mail.mails.filter(({ text }) => text.includes("Jailed: Signed by hand"))).toHaveLength(1);
});
