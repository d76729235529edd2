import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  acknowledgeAlert,
  assignIncident,
  createSilence,
  endSilence,
  getAlert,
  getIncident,
  getIncidentStats,
  listAlerts,
  listIncidents,
  listRules,
  listSilences,
  moveIncident,
  noteIncident,
  resolveAlert,
  setRule,
  summarizeAlerts,
} from "@/server/domains/monitoring";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Ports } from "@/server/ports/ports";
import { createPerson, type SignedInPerson } from "../../support/factories/identity";
import { idsOf } from "../../support/factories/monitoring";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let owner: SignedInPerson;
let stranger: SignedInPerson;
let alertId: string;
let incidentId: string;
let silenceId: string;
beforeAll(async () => {
  runtime = await createTestRuntime();
  owner = await createPerson(runtime);
  stranger = await createPerson(runtime);
  const ids = await idsOf(owner);
  alertId = ids.alert ?? "";
  incidentId = ids.incident ?? "";
  silenceId = ids.silence ?? "";
});
afterAll(() => runtime.close());

type Call = (ctx: ServiceCtx<Ports>) => Promise<unknown>;

describe("another organisation's alert, incident or silence", () => {
  it.each([
    ["monitoring.get-alert", (ctx) => getAlert(ctx, { alertId })],
    ["monitoring.acknowledge-alert", (ctx) => acknowledgeAlert(ctx, { alertId })],
    ["monitoring.resolve-alert", (ctx) => resolveAlert(ctx, { alertId })],
    ["monitoring.end-silence", (ctx) => endSilence(ctx, { silenceId })],
    ["monitoring.get-incident", (ctx) => getIncident(ctx, { incidentId })],
    ["monitoring.move-incident", (ctx) => moveIncident(ctx, { incidentId, status: "resolved" })],
    ["monitoring.note-incident", (ctx) => noteIncident(ctx, { incidentId, note: "hello" })],
    ["monitoring.assign-incident", (ctx) => assignIncident(ctx, { incidentId, userId: null })],
  ] satisfies [string, Call][])("is not found by %s, just as if there were none", async (_verb, call) => {
    await expect(call(await stranger.ctx())).rejects.toMatchObject({ kind: "not_found" });
  });

  it("is in no list, count or mean but its own", async () => {
    const ctx = await stranger.ctx();
    expect((await listAlerts(ctx, {})).items).toEqual([]);
    expect((await listIncidents(ctx, {})).items).toEqual([]);
    expect((await listSilences(ctx, {})).items).toEqual([]);
    expect((await summarizeAlerts(ctx, {})).active.total).toBe(0);
    expect((await getIncidentStats(ctx, {})).opened).toBe(0);
    expect((await listAlerts(await owner.ctx(), {})).items).toHaveLength(1);
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    await createSilence(ctx, { kind: "silence", subject: `val_${alertId}`, reason: "Not mine.", endsAt });
    expect((await listSilences(await owner.ctx(), {})).items.map(({ id }) => id)).toEqual([silenceId]);
  });

  it("is not touched by a rule that another one sets", async () => {
    await setRule(await stranger.ctx(), { rule: "behind", isEnabled: false, threshold: null, forSeconds: null });
    const own = (await listRules(await owner.ctx(), {})).items.find(({ code }) => code === "behind");
    expect(own?.isEnabled).toBe(true);
  });

  it("is given to a member alone", async () => {
    await expect(assignIncident(await owner.ctx(), { incidentId, userId: stranger.userId })).rejects.toMatchObject({
      code: "monitoring.not_a_member",
    });
    expect(await assignIncident(await owner.ctx(), { incidentId, userId: owner.userId })).toMatchObject({
      assignedToUserId: owner.userId,
    });
  });
});
