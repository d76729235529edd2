import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertSilences, alerts, incidentEntries, incidents } from "@/db/schema/monitoring";
import { getIncident, listSilences, pruneRecords } from "@/server/domains/monitoring";
import { monitoringDomain } from "@/server/domains/monitoring/domain";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

const NOW = new Date("2026-06-01T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 3_600_000);
let runtime: TestRuntime;
let owner: SignedInPerson;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
});
afterAll(() => runtime.close());

let made = 0;
const matter = () =>
  ({
    organizationId: owner.organizationId,
    rule: "node_down",
    severity: "critical",
    subjectKind: "validator",
    subjectId: `val_${++made}`,
    subjectName: "A validator",
    startedAt: daysAgo(500),
  }) as const;

async function alertOf(resolvedDaysAgo: number | null): Promise<string> {
  const id = monitoringDomain.newId("alert");
  const { startedAt, ...of } = matter();
  await runtime.db.insert(alerts).values({
    ...of,
    id,
    startedAt,
    lastSeenAt: startedAt,
    fingerprint: `node_down:${of.subjectId}`,
    sentence: "It is down.",
    status: resolvedDaysAgo === null ? "firing" : "resolved",
    resolvedAt: resolvedDaysAgo === null ? null : daysAgo(resolvedDaysAgo),
  });
  return id;
}

async function incidentOf(alertId: string, closedDaysAgo: number | null): Promise<string> {
  const id = monitoringDomain.newId("incident");
  await runtime.db.insert(incidents).values({
    ...matter(),
    id,
    alertId,
    number: `INC-20250101-${made}`,
    title: "A node is down",
    status: closedDaysAgo === null ? "resolved" : "closed",
    openedAt: daysAgo(500),
    resolvedAt: daysAgo(499),
    closedAt: closedDaysAgo === null ? null : daysAgo(closedDaysAgo),
  });
  return id;
}

const silenceOf = async (endsAt: Date, endedAt: Date | null = null): Promise<string> => {
  const id = monitoringDomain.newId("silence");
  const of = {
    organizationId: owner.organizationId,
    kind: "silence",
    reason: "A test",
    createdBy: "user:of-a-test",
  } as const;
  await runtime.db.insert(alertSilences).values({ ...of, id, startsAt: daysAgo(400), endsAt, endedAt });
  return id;
};
const idsIn = async (table: typeof alerts | typeof incidents | typeof alertSilences) =>
  (await runtime.db.select({ id: table.id }).from(table)).map(({ id }) => id);

describe("what is over", () => {
  it("is forgotten after its time; what is open, or somebody's work, stays with what it stands on", async () => {
    await alertOf(366);
    const young = await alertOf(364);
    const firing = await alertOf(null);
    const ofClosed = await alertOf(366);
    const ofWork = await alertOf(366);
    const closed = await incidentOf(ofClosed, 366);
    const work = await incidentOf(ofWork, null);
    await runtime.db.insert(incidentEntries).values({
      id: monitoringDomain.newId("incidentEntry"),
      organizationId: owner.organizationId,
      incidentId: closed,
      kind: "note",
      actor: "user:of-a-test",
      text: "A line",
      at: daysAgo(400),
    });
    await silenceOf(daysAgo(91));
    await silenceOf(daysAgo(-400), daysAgo(91));
    const recent = await silenceOf(daysAgo(89));
    const ahead = await silenceOf(daysAgo(-1));

    const forgotten = await pruneRecords(await runtime.ctx({ now: () => NOW }), {});
    expect(forgotten).toEqual({ incidents: 1, alerts: 2, silences: 2 });
    expect((await idsIn(alerts)).sort()).toEqual([young, firing, ofWork].sort());
    expect(await idsIn(incidents)).toEqual([work]);
    expect(await runtime.db.select().from(incidentEntries).where(eq(incidentEntries.incidentId, closed))).toEqual([]);
    expect((await idsIn(alertSilences)).sort()).toEqual([recent, ahead].sort());
    expect(await pruneRecords(await runtime.ctx({ now: () => NOW }), {})).toEqual({
      incidents: 0,
      alerts: 0,
      silences: 0,
    });
  });

  it("is kept out of the list of silences that are not over", async () => {
    const ctx = async () => ({ ...(await owner.ctx()), now: () => NOW });
    const ahead = await silenceOf(daysAgo(-2));
    const over = await silenceOf(daysAgo(1));
    const listed = async (isOver?: boolean) =>
      (await listSilences(await ctx(), { limit: 100, ...(isOver === undefined ? {} : { isOver }) })).items.map(
        ({ id }) => id,
      );
    expect([(await listed(false)).includes(ahead), (await listed(false)).includes(over)]).toEqual([true, false]);
    expect([(await listed(true)).includes(ahead), (await listed(true)).includes(over)]).toEqual([false, true]);
    expect(await listed()).toEqual(expect.arrayContaining([ahead, over]));
  });
});

describe("a long timeline", () => {
  it("is read to its end, page by page", async () => {
    const incidentId = await incidentOf(await alertOf(1), null);
    const lines = Array.from({ length: 450 }, (_, index) => `Line ${index}`);
    await runtime.db.insert(incidentEntries).values(
      lines.map((text, index) => ({
        id: monitoringDomain.newId("incidentEntry"),
        organizationId: owner.organizationId,
        incidentId,
        kind: "note" as const,
        actor: "user:of-a-test",
        text,
        at: new Date(NOW.getTime() + index),
      })),
    );
    const read: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await getIncident(await owner.ctx(), { incidentId, ...(cursor ? { cursor } : {}) });
      read.push(...page.timeline.map(({ text }) => text));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(read).toEqual(lines);
  });
});
