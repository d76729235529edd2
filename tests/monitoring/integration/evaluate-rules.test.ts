import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chainEvents } from "@/db/schema/chain";
import { alerts } from "@/db/schema/monitoring";
import { notificationDeliveries, notifications } from "@/db/schema/notifications";
import { auditEvents } from "@/db/schema/system";
import { validatorSetupRequests } from "@/db/schema/validators";
import {
  acknowledgeAlert,
  createSilence,
  endSilence,
  evaluateRules,
  getIncident,
  getIncidentStats,
  listAlerts,
  listIncidents,
  resolveAlert,
  setRule,
} from "@/server/domains/monitoring";
import type { RuleCode } from "@/server/domains/monitoring/constants";
import { holdSlot, tendServers } from "@/server/domains/regions";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createVerifiedChannel } from "../../support/factories/notifications";
import { beatAt, createServer } from "../../support/factories/regions";
import { createRecordedNetwork, createWatchedValidator, type Seen } from "../../support/factories/watched-validator";
import { type Receiver, startReceiver } from "../../support/receivers";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let receiver: Receiver;
let networkId: string;
let owner: SignedInPerson;
let validator: Awaited<ReturnType<typeof createWatchedValidator>>;
const T0 = new Date("2026-03-01T12:00:00Z");
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1_000);

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  runtime = await createTestRuntime();
  ({ networkId } = await createRecordedNetwork(runtime));
  owner = await createPerson(runtime);
  validator = await createWatchedValidator(runtime, owner, networkId);
  return () => runtime.close();
});

/** Shows what the looks found so many seconds after the beginning, and looks at the rules. */
async function look(seconds: number, seen: Seen = {}): Promise<void> {
  await validator.show(seen, at(seconds));
  await evaluateRules(await runtime.ctx({ now: () => at(seconds) }), {});
}
const rows = (rule: RuleCode) =>
  runtime.db
    .select()
    .from(alerts)
    .where(and(eq(alerts.organizationId, owner.organizationId), eq(alerts.rule, rule)));
const told = async () =>
  (await runtime.db.select().from(notifications)).filter(({ topic }) => topic === "monitoring.alert");

const DOWN: Seen = { node: { status: "error", statusReason: "validators.node_crashed" } };

/** What each rule sees when it holds, and how long it must. */
const CASES: readonly (readonly [RuleCode, Seen, number])[] = [
  ["node_down", DOWN, 120],
  ["behind", { node: { lagBlocks: 101 } }, 600],
  ["far_behind", { node: { lagBlocks: 1_001 } }, 300],
  ["low_peers", { node: { peerCount: 2 } }, 600],
  ["missed_blocks", { signatures: `${"a".repeat(11)}c` }, 300],
  ["slashing_risk_20", { validator: { missedBlocks: 20 } }, 120],
  ["slashing_risk_60", { validator: { missedBlocks: 60 } }, 120],
  ["slashing_risk_90", { validator: { missedBlocks: 90 } }, 120],
  ["not_signing", { signatures: "a".repeat(5) }, 300],
  ["jailed", { validator: { jailed: true, status: "unbonding" } }, 0],
  ["tombstoned", { validator: { tombstoned: true, jailed: true, status: "unbonding" } }, 0],
  ["cpu_high", { node: { cpuPercent: 90 } }, 300],
  ["cpu_critical", { node: { cpuPercent: 99 } }, 120],
  ["memory_high", { node: { memoryUsedBytes: 90 } }, 300],
  ["chain_rpc_down", { rpc: "failing" }, 120],
  ["chain_rpc_quarantined", { rpc: "quarantined" }, 0],
];

describe("each rule", () => {
  it.each(CASES)("%s fires when it has held long enough, once, and clears", async (rule, seen, forSeconds) => {
    await look(0, seen);
    if (forSeconds > 0) expect((await rows(rule)).map(({ status }) => status)).toEqual(["pending"]);
    for (let seconds = 30; seconds <= forSeconds + 60; seconds += 30) await look(seconds, seen);
    const [alert, ...others] = await rows(rule);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ status: "firing", lastSeenAt: at(forSeconds + 60) });
    expect(alert?.count).toBeGreaterThan(2);
    // Far enough that what was missed is more than an hour ago.
    await look(forSeconds + 4_000);
    expect((await rows(rule)).map(({ status, statusReason }) => [status, statusReason])).toEqual(
      // What the chain says for ever ends when the chain's word changes, as here.
      [["resolved", "monitoring.recovered"]],
    );
  });

  it("restart_loop counts within an hour, and no_new_blocks by the chain's own time", async () => {
    await look(0, { node: { restartCount: 1 } });
    await look(600, { node: { restartCount: 8 } });
    expect((await rows("restart_loop")).map(({ status }) => status)).toEqual(["firing"]);
    await look(4_800, { node: { restartCount: 8 } });
    expect((await rows("restart_loop")).map(({ status }) => status)).toEqual(["resolved"]);
    await look(5_000, { tipAgeSeconds: 400 });
    const [halt] = await rows("no_new_blocks");
    expect(halt).toMatchObject({ status: "firing", startedAt: at(4_600) });
  });

  it("slashed is told for an hour after the chain took a part of the stake", async () => {
    await look(0);
    const { operatorAddress } = validator;
    const facts = { networkId, operatorAddress, kind: "validator_slashed", heightBlocks: 1n, occurredAt: at(10) };
    await runtime.db.insert(chainEvents).values(facts);
    await look(30);
    expect((await rows("slashed")).map(({ status }) => status)).toEqual(["firing"]);
    await look(3_700);
    expect((await rows("slashed")).map(({ status }) => status)).toEqual(["resolved"]);
  });

  it("a region whose one server falls silent is offline within six minutes, and who holds a slot there has an incident", async () => {
    const server = await createServer(runtime, "eu-central");
    const holder = { kind: "setupRequest", id: "val_of_another_region" };
    await holdSlot(await owner.ctx(), { regionCode: "eu-central", holder });
    await beatAt(runtime, server, "eu-central", at(0));
    await look(0);
    expect(await rows("region_outage")).toEqual([]);
    await tendServers(await runtime.ctx({ now: () => at(330) }), {});
    for (const seconds of [330, 390, 450]) await look(seconds);
    expect(await rows("region_outage")).toMatchObject([
      { status: "firing", subjectName: "EU Central", sentence: "1 of its 1 server is silent." },
    ]);
    const { items } = await listIncidents(await owner.ctx(), {});
    expect(items).toMatchObject([{ severity: "critical", status: "open" }]);
    await beatAt(runtime, server, "eu-central", at(500));
    await look(510);
    expect((await rows("region_outage")).map(({ status }) => status)).toEqual(["resolved"]);
  });

  it("not_known says that nobody knows, and nothing else is said", async () => {
    await look(0);
    for (const seconds of [300, 600, 1_000]) {
      await evaluateRules(await runtime.ctx({ now: () => at(seconds) }), {});
    }
    const open = await runtime.db.select().from(alerts);
    expect(open.map(({ rule, status }) => [rule, status])).toEqual([["not_known", "firing"]]);
  });

  it("leaves what fires as it is while nobody knows", async () => {
    await look(0, DOWN);
    await look(130, DOWN);
    await look(160, { node: { status: "running", lastSeenAt: at(0) } });
    expect((await rows("node_down")).map(({ status }) => status)).toEqual(["firing"]);
  });

  it("forgets what came to nothing before it fired", async () => {
    await look(0, DOWN);
    await look(60);
    expect(await rows("node_down")).toEqual([]);
    expect(await told()).toEqual([]);
  });

  it("goes by the organisation's own figure and time, and ends what fires when it is switched off", async () => {
    await setRule(await owner.ctx(), { rule: "behind", isEnabled: true, threshold: 10, forSeconds: 0 });
    await look(0, { node: { lagBlocks: 11 } });
    expect((await rows("behind")).map(({ status }) => status)).toEqual(["firing"]);
    await setRule(await owner.ctx(), { rule: "behind", isEnabled: false, threshold: null, forSeconds: null });
    await look(30, { node: { lagBlocks: 11 } });
    expect((await rows("behind")).map(({ statusReason }) => statusReason)).toEqual(["monitoring.rule_off"]);
    await expect(
      setRule(await owner.ctx(), { rule: "behind", isEnabled: true, threshold: 1, forSeconds: null }),
    ).rejects.toMatchObject({ code: "monitoring.bad_threshold" });
    await expect(
      setRule(await owner.ctx(), { rule: "jailed", isEnabled: true, threshold: 1, forSeconds: null }),
    ).rejects.toMatchObject({ code: "monitoring.no_threshold" });
  });
});

describe("who is told", () => {
  it("is told once, again after the repeat, not after somebody acknowledged, and of the end", async () => {
    await createVerifiedChannel(owner, { kind: "webhook", url: receiver.url });
    await look(0, DOWN);
    for (const seconds of [30, 60, 90, 120, 150, 180]) await look(seconds, DOWN);
    expect((await told()).map(({ title }) => title)).toEqual(["Node down: Lighthouse"]);
    await look(120 + 3_600, DOWN);
    expect(await told()).toHaveLength(2);
    const [alert] = await rows("node_down");
    await acknowledgeAlert(await owner.ctx(), { alertId: alert?.id ?? "" });
    await look(120 + 7_300, DOWN);
    expect(await told()).toHaveLength(2);
    await look(8_000);
    await look(8_030);
    const all = await told();
    expect(all.map(({ phase }) => phase)).toEqual(["firing", "firing", "resolved"]);
    expect(new Set(all.map(({ threadKey }) => threadKey)).size).toBe(1);
    expect(all[0]?.links.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/o\/[^/]+\/alerts\/alr_/),
      "/docs/runbooks/node-down",
    ]);
    const sent = await runtime.db.select().from(notificationDeliveries);
    expect(sent.filter(({ isTest }) => !isTest)).toHaveLength(3);
  });

  it("is told of several of one rule in one message, which ends when all are over", async () => {
    const second = await createWatchedValidator(
      runtime,
      await createPerson(runtime).then(async (other) => ({
        ...other,
        organizationId: owner.organizationId,
        ctx: owner.ctx,
      })),
      networkId,
      "Beacon",
    );
    const both = async (seconds: number, one: Seen, other: Seen) => {
      await second.show(other, at(seconds));
      await look(seconds, one);
    };
    await both(0, DOWN, DOWN);
    await both(130, DOWN, DOWN);
    expect((await told()).map(({ title }) => title)).toEqual(["Node down: 2 of yours"]);
    await both(160, {}, DOWN);
    expect(await told()).toHaveLength(1);
    await both(190, {}, {});
    expect((await told()).map(({ phase }) => phase)).toEqual(["firing", "resolved"]);
  });

  it("is told by two evaluators at once as by one", async () => {
    await look(0, DOWN);
    const now = at(130);
    await validator.show(DOWN, now);
    const both = [await runtime.ctx({ now: () => now }), await runtime.ctx({ now: () => new Date(now.getTime() + 1) })];
    await Promise.all(both.map((ctx) => evaluateRules(ctx, {})));
    expect(await rows("node_down")).toHaveLength(1);
    expect(await told()).toHaveLength(1);
    expect((await listIncidents(await owner.ctx(), {})).items).toHaveLength(1);
  });

  it("is not told of what is said with more weight, until that is over", async () => {
    const lag = { node: { lagBlocks: 2_000 } };
    await look(0, lag);
    await look(310, lag);
    await look(620, lag);
    expect((await rows("behind")).map(({ status, inhibitedBy }) => [status, inhibitedBy])).toEqual([
      ["firing", (await rows("far_behind"))[0]?.id],
    ]);
    expect((await told()).map(({ title }) => title)).toEqual(["Node far behind: Lighthouse"]);
    await look(650, { node: { lagBlocks: 500 } });
    expect((await told()).map(({ title, phase }) => [title, phase])).toEqual([
      ["Node far behind: Lighthouse", "firing"],
      ["Node behind: Lighthouse", "firing"],
      ["Node far behind: Lighthouse", "resolved"],
    ]);
  });

  it("is told of a region's outage, not of each node in it, and of what still goes on when the region is back", async () => {
    const [setup] = await runtime.db.select().from(validatorSetupRequests);
    const regionCode = setup?.regionCode ?? "";
    const server = await createServer(runtime, regionCode);
    await beatAt(runtime, server, regionCode, at(0));
    await holdSlot(await owner.ctx(), { regionCode, holder: { kind: "setupRequest", id: validator.setupRequestId } });
    await look(0, DOWN);
    await tendServers(await runtime.ctx({ now: () => at(330) }), {});
    await look(30);
    for (const seconds of [330, 390, 450, 510]) await look(seconds, DOWN);
    const [outage] = await rows("region_outage");
    expect((await rows("node_down")).map(({ status, inhibitedBy }) => [status, inhibitedBy])).toEqual([
      ["firing", outage?.id],
    ]);
    expect((await told()).map(({ title }) => title)).toEqual([expect.stringMatching(/^Region outage: /)]);
    expect((await listIncidents(await owner.ctx(), {})).items).toHaveLength(1);
    await beatAt(runtime, server, regionCode, at(560));
    await look(570, DOWN);
    expect((await told()).map(({ title, phase }) => `${phase} ${title.split(":")[0]}`).sort()).toEqual([
      "firing Node down",
      "firing Region outage",
      "resolved Region outage",
    ]);
  });

  it("is told nothing in a maintenance window, and of what still goes on when it ends", async () => {
    const ctx = { ...(await owner.ctx()), now: () => T0 };
    const window = await createSilence(ctx, {
      kind: "maintenance",
      subject: validator.setupRequestId,
      reason: "A new disk.",
      endsAt: at(600).toISOString(),
    });
    await look(0, DOWN);
    await look(130, DOWN);
    expect((await rows("node_down")).map(({ status, silencedBy }) => [status, silencedBy])).toEqual([
      ["firing", window.id],
    ]);
    expect(await told()).toEqual([]);
    expect((await listIncidents(await owner.ctx(), {})).items).toEqual([]);
    await endSilence({ ...ctx, now: () => at(200) }, { silenceId: window.id });
    await look(230, DOWN);
    expect(await told()).toHaveLength(1);
    await expect(
      createSilence(ctx, { kind: "silence", reason: "x", endsAt: at(-5).toISOString() }),
    ).rejects.toMatchObject({ code: "monitoring.bad_window" });
  });
});

describe("an incident", () => {
  it("opens with a critical alert, is worked on, and closes by recovery with the right times", async () => {
    await look(0, DOWN);
    await look(120, DOWN);
    const [opened] = (await listIncidents(await owner.ctx(), {})).items;
    expect(opened).toMatchObject({ number: expect.stringMatching(/^INC-20260301-\d{4}$/), status: "open" });
    const [alert] = await rows("node_down");
    await acknowledgeAlert({ ...(await owner.ctx()), now: () => at(180) }, { alertId: alert?.id ?? "" });
    await look(720);
    const { incident, timeline } = await getIncident(await owner.ctx(), { incidentId: opened?.id ?? "" });
    expect(incident).toMatchObject({
      status: "resolved",
      timeToAcknowledgeMs: 60_000,
      timeToResolveMs: 600_000,
      downtimeMs: 720_000,
    });
    expect(timeline.map(({ kind }) => kind)).toEqual(["opened", "status", "recovered"]);
    const stats = await getIncidentStats({ ...(await owner.ctx()), now: () => at(800) }, {});
    expect(stats).toMatchObject({ opened: 1, open: 0, meanTimeToAcknowledgeMs: 60_000, meanTimeToResolveMs: 600_000 });
    const audited = await runtime.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.targetId, opened?.id ?? ""));
    expect(audited.map(({ action }) => action)).toEqual([
      "monitoring.incident.opened",
      "monitoring.incident.acknowledged",
      "monitoring.incident.resolved",
    ]);
  });

  it("ended by hand comes back as another one while it goes on", async () => {
    await look(0, DOWN);
    await look(120, DOWN);
    const [alert] = await rows("node_down");
    const ctx = { ...(await owner.ctx()), now: () => at(125) };
    await resolveAlert(ctx, { alertId: alert?.id ?? "", note: "It was me." });
    await expect(resolveAlert(ctx, { alertId: alert?.id ?? "" })).rejects.toMatchObject({ kind: "invalid_state" });
    await look(130, DOWN);
    await look(260, DOWN);
    expect((await rows("node_down")).map(({ status }) => status).sort()).toEqual(["firing", "resolved"]);
    const numbers = (await listIncidents(await owner.ctx(), {})).items.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(2);
    expect((await listAlerts(await owner.ctx(), { isOpen: true })).items.map(({ rule }) => rule)).toEqual([
      "node_down",
    ]);
  });
});
