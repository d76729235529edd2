import { z } from "zod";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { announceEnd, announceFiring, groupsOf, isToBeTold } from "../alerts/announce";
import { type EndReason, endAlert, fireAlert } from "../alerts/fire-alert";
import { type AlertRow, listEndsToTell, listOpenAlerts, updateAlert } from "../alerts/repository";
import { ruleOf } from "../constants";
import { openIncident } from "../incidents/open-incident";
import { listIncidentsOfAlerts } from "../incidents/repository";
import { listRuleSettings, type RuleSettingRow } from "../rules/repository";
import { listSilencesInForce } from "../silences/repository";
import type { Facts } from "./facts";
import { keepObservations } from "./keep-observations";
import { fingerprintOf, type Observation, observe, type Thresholds } from "./observe";
import { inhibitorOf, silenceOf } from "./quiet";
import { readFacts } from "./read-facts";

/** The end of what was told of is news for so long. */
const END_IS_NEWS_HOURS = 24;

const settingOf = (settings: readonly RuleSettingRow[], organizationId: string, rule: string) =>
  settings.find((one) => one.organizationId === organizationId && one.rule === rule);

const thresholdsOf =
  (settings: readonly RuleSettingRow[]): Thresholds =>
  (organizationId, rule) => {
    const own = settingOf(settings, organizationId, rule.code);
    if (own?.isEnabled === false) return null;
    return { threshold: own?.threshold ?? rule.threshold?.default ?? null };
  };

const markQuiet = defineChange(
  "monitoring.mark-quiet",
  async (
    ctx: CommandCtx<string | null>,
    marks: readonly {
      readonly alertId: string;
      readonly inhibitedBy: string | null;
      readonly silencedBy: string | null;
    }[],
  ) => {
    for (const { alertId, ...mark } of marks) await updateAlert(ctx.tx, alertId, { ...mark, updatedAt: ctx.now });
  },
  { telemetry: true },
);

/** Why an open alert is over; null while it is not, or nobody knows. */
function endOf(alert: AlertRow, seen: Observation | undefined, isOff: boolean): EndReason | null {
  if (isOff || ruleOf(alert.rule) === undefined) return "monitoring.rule_off";
  if (seen === undefined) return "monitoring.subject_gone";
  return seen.holds === false ? "monitoring.recovered" : null;
}

/** Fires what has held long enough, and ends what holds no more. */
async function moveAlerts(
  ctx: ServiceCtx<Ports>,
  found: ReadonlyMap<string, Observation>,
  settings: readonly RuleSettingRow[],
): Promise<void> {
  const nowMs = ctx.now().getTime();
  for (const alert of await listOpenAlerts(ctx.db, null)) {
    const own = settingOf(settings, alert.organizationId, alert.rule);
    const seen = found.get(`${alert.organizationId} ${alert.fingerprint}`);
    if (alert.status === "pending") {
      const forSeconds = own?.forSeconds ?? ruleOf(alert.rule)?.forSeconds ?? 0;
      const isDue = nowMs - alert.startedAt.getTime() >= forSeconds * 1_000;
      if (isDue && seen?.holds === true) await fireAlert(ctx, { alertId: alert.id });
      continue;
    }
    const reason = endOf(alert, seen, own?.isEnabled === false);
    if (reason !== null) await endAlert(ctx, { alertId: alert.id, reason });
  }
}

/** Marks what is said with more weight elsewhere and what somebody wants silent. */
async function quieten(ctx: ServiceCtx<Ports>, facts: Facts): Promise<void> {
  const regionIds = new Map(facts.regions.map(({ code, regionId }) => [code, regionId]));
  const regionOf = new Map(facts.validators.map((fact) => [fact.setupRequestId, regionIds.get(fact.regionCode)]));
  const open = await listOpenAlerts(ctx.db, null);
  const silences = await listSilencesInForce(ctx.db, null, ctx.now());
  const marks = open.flatMap((alert) => {
    const ofOwner = (row: { readonly organizationId: string }) => row.organizationId === alert.organizationId;
    const inhibitedBy = inhibitorOf(alert, open.filter(ofOwner), regionOf.get(alert.subjectId) ?? null);
    const silencedBy = silenceOf(alert, silences.filter(ofOwner));
    const isSame = inhibitedBy === alert.inhibitedBy && silencedBy === alert.silencedBy;
    return isSame ? [] : [{ alertId: alert.id, inhibitedBy, silencedBy }];
  });
  if (marks.length > 0) await markQuiet(ctx, marks);
}

/** Opens incidents, and tells people what began and what is over. */
async function tell(ctx: ServiceCtx<Ports>): Promise<number> {
  const now = ctx.now();
  const open = await listOpenAlerts(ctx.db, null);
  const isLoud = (alert: AlertRow) =>
    alert.status !== "pending" && alert.inhibitedBy === null && alert.silencedBy === null;
  const critical = open.filter((alert) => alert.severity === "critical" && isLoud(alert));
  const having = new Set(
    (
      await listIncidentsOfAlerts(
        ctx.db,
        critical.map(({ id }) => id),
      )
    ).map(({ alertId }) => alertId),
  );
  for (const { id } of critical) if (!having.has(id)) await openIncident(ctx, { alertId: id });
  const byOwner = new Map<string, AlertRow[]>();
  for (const alert of open.filter((one) => isToBeTold(one, now))) {
    byOwner.set(alert.organizationId, [...(byOwner.get(alert.organizationId) ?? []), alert]);
  }
  for (const alerts of byOwner.values()) for (const group of groupsOf(alerts)) await announceFiring(ctx, { group });
  const ended = await listEndsToTell(ctx.db, new Date(now.getTime() - END_IS_NEWS_HOURS * 3_600_000));
  const goingOn = new Set(open.map(({ threadKey }) => threadKey));
  for (const threadKey of new Set(ended.map((alert) => alert.threadKey))) {
    if (threadKey === null || goingOn.has(threadKey)) continue;
    await announceEnd(ctx, { group: ended.filter((alert) => alert.threadKey === threadKey) });
  }
  return open.length;
}

/**
 * Looks once at every rule for everybody: facts, what they mean, what begins, fires, is quiet, is told and is over. Each part is a transaction
 * of its own that decides by rows, so that one which dies is taken up by the next look, and two at once do nothing twice.
 */
export const evaluateRules = defineFlow<Ports>()({
  verb: "monitoring.evaluate-rules",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    const facts = await readFacts(ctx);
    const settings = await listRuleSettings(ctx.db, null);
    const observations = observe(facts, thresholdsOf(settings), ctx.now());
    const owners = new Set([
      ...observations.map(({ organizationId }) => organizationId),
      ...(await listOpenAlerts(ctx.db, null)).map(({ organizationId }) => organizationId),
    ]);
    for (const organizationId of owners) {
      const own = observations.filter((one) => one.organizationId === organizationId);
      await keepObservations(ctx, { organizationId, observations: own });
    }
    const found = new Map(observations.map((one) => [`${one.organizationId} ${fingerprintOf(one)}`, one]));
    await moveAlerts(ctx, found, settings);
    await quieten(ctx, facts);
    return { observed: observations.length, open: await tell(ctx) };
  },
});
