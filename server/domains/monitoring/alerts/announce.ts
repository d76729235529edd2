import { findOrganizationSlug } from "@/server/domains/identity";
import { notify } from "@/server/domains/notifications";
import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { NAMED_IN_MESSAGE, REPEAT_SECONDS, ruleOf } from "../constants";
import { type AlertRow, lockAlert, updateAlert } from "./repository";

/** Whether people are to be told of the alert now: for the first time, or again because it goes on and nobody has said that they know. */
export function isToBeTold(
  alert: Pick<AlertRow, "status" | "severity" | "inhibitedBy" | "silencedBy" | "lastToldAt">,
  now: Date,
): boolean {
  if (alert.inhibitedBy !== null || alert.silencedBy !== null) return false;
  if (alert.status !== "firing" && alert.status !== "acknowledged") return false;
  if (alert.lastToldAt === null) return true;
  return (
    alert.status === "firing" && now.getTime() - alert.lastToldAt.getTime() >= REPEAT_SECONDS[alert.severity] * 1_000
  );
}

/** Alerts that make one message: those of one rule that are to be told of in the same look. */
export function groupsOf(alerts: readonly AlertRow[]): readonly (readonly AlertRow[])[] {
  const groups = new Map<string, AlertRow[]>();
  for (const alert of alerts) {
    // What was told of together goes on together, so that a pager's page has one end.
    const key = `${alert.rule} ${alert.threadKey ?? "new"}`;
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups.values()];
}

const titleOf = (alerts: readonly AlertRow[]): string => {
  const [first] = alerts;
  if (first === undefined) return "";
  const title = ruleOf(first.rule)?.title ?? first.rule;
  return alerts.length === 1 ? `${title}: ${first.subjectName}` : `${title}: ${alerts.length} of yours`;
};

const bodyOf = (alerts: readonly AlertRow[], sentence: (alert: AlertRow) => string): string => {
  const named = alerts.slice(0, NAMED_IN_MESSAGE).map((alert) => `${alert.subjectName}: ${sentence(alert)}`);
  const left = alerts.length - named.length;
  return [...named, ...(left > 0 ? [`And ${left} more.`] : [])].join("\n");
};

async function linksOf(ctx: CommandCtx<string | null>, alerts: readonly AlertRow[]) {
  const [first] = alerts;
  const slug = first && (await findOrganizationSlug(ctx.tx, first.organizationId));
  const runbook = first && ruleOf(first.rule)?.runbook;
  return [
    ...(slug
      ? [{ label: "Alert", path: alerts.length === 1 ? `/o/${slug}/alerts/${first?.id}` : `/o/${slug}/alerts` }]
      : []),
    ...(runbook ? [{ label: "Runbook", path: `/docs/runbooks/${runbook}` }] : []),
  ];
}

/** Locks the alerts in one order, and leaves out what changed since they were read. */
async function lockEach(
  ctx: CommandCtx<string | null>,
  alerts: readonly AlertRow[],
  isStill: (alert: AlertRow) => boolean,
): Promise<readonly AlertRow[]> {
  const locked: AlertRow[] = [];
  for (const { id } of [...alerts].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const alert = await lockAlert(ctx.tx, null, id);
    if (alert && isStill(alert)) locked.push(alert);
  }
  return locked;
}

/** Tells of alerts of one rule in one message, and writes that down in the same transaction: nobody is told twice by a second evaluator. */
export const announceFiring = defineChange(
  "monitoring.announce-firing",
  async (ctx: CommandCtx<string | null>, { group }: { readonly group: readonly AlertRow[] }) => {
    const alerts = await lockEach(ctx, group, (alert) => isToBeTold(alert, ctx.now));
    const [first] = alerts;
    if (first === undefined) return;
    const threadKey = first.threadKey ?? first.id;
    await notify(ctx, {
      organizationId: first.organizationId,
      key: `${threadKey}:firing:${ctx.now.toISOString()}`,
      threadKey,
      topic: "monitoring.alert",
      severity: first.severity,
      phase: "firing",
      title: titleOf(alerts),
      body: bodyOf(alerts, ({ sentence }) => sentence),
      links: await linksOf(ctx, alerts),
    });
    for (const alert of alerts) {
      await updateAlert(ctx.tx, alert.id, {
        threadKey,
        toldCount: alert.toldCount + 1,
        lastToldAt: ctx.now,
        updatedAt: ctx.now,
      });
    }
  },
  { telemetry: true },
);

/** Tells of the end of what was told of together, once all of it is over. */
export const announceEnd = defineChange(
  "monitoring.announce-end",
  async (ctx: CommandCtx<string | null>, { group }: { readonly group: readonly AlertRow[] }) => {
    const alerts = await lockEach(ctx, group, ({ endToldAt }) => endToldAt === null);
    const [first] = alerts;
    if (first === undefined) return;
    const threadKey = first.threadKey ?? first.id;
    // Nobody is woken for the end of what is silenced; the row says it.
    if (alerts.some(({ silencedBy }) => silencedBy === null)) {
      await notify(ctx, {
        organizationId: first.organizationId,
        key: `${threadKey}:resolved`,
        threadKey,
        topic: "monitoring.alert",
        severity: first.severity,
        phase: "resolved",
        title: titleOf(alerts),
        body: bodyOf(
          alerts,
          ({ startedAt, resolvedAt }) =>
            `over; it went on from ${startedAt.toISOString()} to ${resolvedAt?.toISOString() ?? ""}.`,
        ),
        links: await linksOf(ctx, alerts),
      });
    }
    for (const { id } of alerts) await updateAlert(ctx.tx, id, { endToldAt: ctx.now, updatedAt: ctx.now });
  },
  { telemetry: true },
);
