import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alerts } from "@/db/schema/monitoring";
import { listPublicIncidents } from "@/server/domains/monitoring";
import { monitoringDomain } from "@/server/domains/monitoring/domain";
import { openIncident } from "@/server/domains/monitoring/incidents/open-incident";
import { listNetworkIncidents } from "@/server/domains/monitoring/incidents/repository";
import { getStatus } from "@/server/domains/operations";
import { healthChecks } from "@/server/http/health/checks";
import { runChecks } from "@/server/http/health/component";
import { listComponentDays, pruneComponentDays, recordLooks, STATUS_DAYS } from "@/server/kernel/component-days";
import { createPerson, type SignedInPerson } from "@/tests/support/factories/identity";
import { createTestAlert } from "@/tests/support/factories/monitoring";
import { createTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

const NOW = new Date();
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const part = (name: string, status: "ok" | "degraded" | "down" | "unknown", reason: string | null = null) => ({
  name,
  status,
  reason,
  ageSeconds: 0,
});

describe("looks at the parts", () => {
  it("are added up by day, keep the last one whole, and are forgotten when they are not shown any more", async () => {
    const { db } = runtime;
    await recordLooks(db, [part("relay", "ok")], ago(STATUS_DAYS));
    await recordLooks(db, [part("relay", "down", "Gone.")], ago(STATUS_DAYS - 1));
    await recordLooks(db, [part("relay", "ok")], NOW);
    await recordLooks(db, [part("relay", "degraded", "Slow.")], NOW);
    expect(await pruneComponentDays(db, NOW)).toBe(1);
    const rows = (await listComponentDays(db, NOW)).filter(({ component }) => component === "relay");
    expect(rows.map(({ okLooks, degradedLooks, downLooks }) => [okLooks, degradedLooks, downLooks])).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ]);
    expect(rows.at(-1)).toMatchObject({ lastStatus: "degraded", lastReason: "Slow.", lastAt: NOW });
  });

  it("at once are all counted", async () => {
    await Promise.all(Array.from({ length: 8 }, () => recordLooks(runtime.db, [part("watcher", "ok")], NOW)));
    const [row] = (await listComponentDays(runtime.db, NOW)).filter(({ component }) => component === "watcher");
    expect(row?.okLooks).toBe(8);
  });

  it("are what the health of every part says, and what anybody is told", async () => {
    const found = await runChecks(healthChecks(runtime));
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(["database", "jobs", "relay", "channels"]));
    await recordLooks(runtime.db, found, NOW);
    const anonymous = { ...(await runtime.ctx()), actor: { kind: "anonymous" as const }, organizationId: null };
    const { components, lookedAt } = await getStatus(anonymous, {});
    expect(lookedAt).toBe(NOW.toISOString());
    expect(components.find(({ name }) => name === "database")).toMatchObject({ status: "ok", at: NOW.toISOString() });
    expect(components.every(({ days }) => days.length === STATUS_DAYS)).toBe(true);
  });
});

/** One organisation's incident of a whole network, which began and was opened then. */
async function openOutage({ organizationId }: SignedInPerson, at: Date): Promise<void> {
  const alertId = monitoringDomain.newId("alert");
  await runtime.db.insert(alerts).values({
    id: alertId,
    organizationId,
    rule: "no_new_blocks",
    severity: "critical",
    subjectKind: "network",
    subjectId: "net_x",
    subjectName: "Testnet",
    networkId: "net_x",
    fingerprint: `no_new_blocks:${alertId}`,
    status: "firing",
    sentence: "A sentence of this organisation.",
    startedAt: at,
    lastSeenAt: at,
    firedAt: at,
  });
  await openIncident({ ...(await runtime.ctx({ now: () => at })), organizationId: null }, { alertId });
}

describe("public incidents", () => {
  it("are those of whole networks, one for all who were touched, with nobody's own in them", async () => {
    const [one, other] = [await createPerson(runtime), await createPerson(runtime)];
    await createTestAlert(one);
    for (const person of [one, other]) await openOutage(person, NOW);
    expect(await runtime.db.execute(sql`select 1 from incidents`)).toHaveLength(3);
    const anonymous = { ...(await runtime.ctx()), actor: { kind: "anonymous" as const }, organizationId: null };
    expect(await listPublicIncidents(anonymous, {})).toEqual({
      days: 90,
      items: [{ title: "No new blocks", network: "Testnet", startedAt: NOW.toISOString(), endedAt: null }],
    });
  });

  it("are the newest, where there are more than are read", async () => {
    await openOutage(await createPerson(runtime), ago(3));
    const read = await listNetworkIncidents(runtime.db, ago(90), 2);
    expect(read.map(({ startedAt }) => startedAt)).toEqual([NOW, NOW]);
  });
});
