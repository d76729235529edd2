import { alerts } from "@/db/schema/monitoring";
import { createSilence } from "@/server/domains/monitoring";
import { monitoringDomain } from "@/server/domains/monitoring/domain";
import { openIncident } from "@/server/domains/monitoring/incidents/open-incident";
import { getRuntime } from "@/server/runtime/runtime";
import type { SignedInPerson } from "./identity";

/** A critical alert of that person's organisation that fires, with its incident, of a validator that is no row's. */
export async function createTestAlert(owner: SignedInPerson): Promise<{ alertId: string }> {
  const { db } = await getRuntime();
  const alertId = monitoringDomain.newId("alert");
  const now = new Date();
  await db.insert(alerts).values({
    id: alertId,
    organizationId: owner.organizationId,
    rule: "node_down",
    severity: "critical",
    subjectKind: "validator",
    subjectId: `val_${alertId}`,
    subjectName: "Lighthouse",
    fingerprint: `node_down:${alertId}`,
    status: "firing",
    sentence: "Its node is down.",
    startedAt: now,
    lastSeenAt: now,
    firedAt: now,
  });
  await openIncident(
    { ...(await owner.ctx()), actor: { kind: "system", name: "test" }, organizationId: null },
    { alertId },
  );
  return { alertId };
}

/** One of each kind of the domain's ids, for whoever tries them with a stranger's. @public */
export async function idsOf(owner: SignedInPerson): Promise<Readonly<Record<string, string>>> {
  const { alertId } = await createTestAlert(owner);
  const { db } = await getRuntime();
  const { findIncidentOfAlert } = await import("@/server/domains/monitoring/incidents/repository");
  const incident = await findIncidentOfAlert(db, alertId);
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const silence = await createSilence(await owner.ctx(), { kind: "silence", reason: "A test.", endsAt });
  return { alert: alertId, incident: incident?.id ?? "", silence: silence.id };
}
